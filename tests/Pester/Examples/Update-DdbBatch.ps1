@{
    Setup   = {
        foreach ($name in 'Products', 'Pages', 'Users', 'Orders') { New-Table -Name $name }
        Set-StoredItem Products @{ id = @{ S = 'p1' }; name = @{ S = 'Nut' } }, @{ id = @{ S = 'p2' } }
    }
    Example = @{
        'Set attributes from a CSV file'                         = @{
            Before = { 'id,price', 'p1,12.5', 'p2,7' | Set-Content prices.csv }
            Then   = { $item = Get-StoredItem Products p1; $item.price.N | Should -Be '12.5'; $item.name.S | Should -Be 'Nut' }
        }
        'Update what is there, then add what is not'             = @{
            Before = { 'id,price', 'p1,13', 'p3,8' | Set-Content prices.csv }
            Then   = { (Get-StoredItem Products p3).price.N | Should -Be '8'; $output.Succeeded | Should -Be 1, 1 }
        }
        'Count up by one'                                        = @{
            Before = { 'home', 'home', 'about' | Set-Content visited.txt }
            Then   = { (Get-StoredItem Pages home).visits.N | Should -Be '2' }
        }
        'Count up by what the rows say'                          = @{
            Before = { 'id,sold', 'p1,3', 'p2,4' | Set-Content sales.csv }
            Then   = { (Get-StoredItem Products p1).sold.N | Should -Be '3' }
        }
        'Remove attributes'                                      = @{
            Before = { Set-StoredItem Users @{ id = @{ S = 'u1' }; oldName = @{ S = 'x' }; name = @{ S = 'y' } }; 'u1' | Set-Content ids.txt }
            Then   = { (Get-StoredItem Users u1).Keys | Sort-Object | Should -Be 'id', 'name' }
        }
        'Update only what is in a certain state'                 = @{
            Before = {
                Set-StoredItem Orders @{ id = @{ S = 'o1' }; status = @{ S = 'closed' } }, @{ id = @{ S = 'o2' }; status = @{ S = 'open' } }
                'id,total', 'o1,1', 'o2,2' | Set-Content orders.csv
            }
            Errors = 'ConditionFailed'
            Then   = { (Get-StoredItem Orders o1).status.S | Should -Be 'archived'; (Get-StoredItem Orders o2).status.S | Should -Be 'open' }
        }
        'Write back what was edited, unless somebody was faster' = @{
            Before = {
                Set-StoredItem Users @{ id = @{ S = 'e1' }; version = @{ N = '3' } }, @{ id = @{ S = 'e2' }; version = @{ N = '9' } }
                '[{"id":"e1","name":"New","version":3},{"id":"e2","name":"New","version":8}]' | Set-Content edited.json
            }
            Errors = 'ConditionFailed'
            Then   = { $item = Get-StoredItem Users e1; $item.version.N | Should -Be '4'; $item.name.S | Should -Be 'New' }
        }
        'See the items as they are afterwards'                   = @{ Then = { $output | Out-String | Should -Match 'about +\d' } }
        'Keep what failed in a file'                             = @{
            Before = { 'id,price', 'p1,14', 'gone,8' | Set-Content prices.csv }
            Then   = { ($output | Where-Object Name -EQ 'ItemNotFound').Count | Should -Be 1 }
        }
    }
}
