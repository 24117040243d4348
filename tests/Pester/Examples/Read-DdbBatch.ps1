@{
    Setup   = {
        foreach ($name in 'Users', 'Orders', 'Logins') { New-Table -Name $name }
        Set-StoredItem Users @(1..3 | ForEach-Object { @{ id = @{ S = "u$_" }; age = @{ N = "$_" } } })
        Set-StoredItem Orders @{ id = @{ S = 'o1' }; status = @{ S = 'open' }; total = @{ N = '5' } }, @{ id = @{ S = 'o2' }; status = @{ S = 'closed' } }
        Set-StoredItem Logins @{ id = @{ S = 'l1' } }
    }
    Example = @{
        'Read the items of a list of keys'        = @{ Before = { 'u1', 'u2' | Set-Content ids.txt }; Then = { $output.id | Sort-Object | Should -Be 'u1', 'u2' } }
        'Add to a CSV file what the table says'   = @{
            Before = { 'id,customer', 'o1,c1', 'o2,c2' | Set-Content orders.csv }
            Then   = { (Import-Csv status.csv | Sort-Object id).status | Should -Be 'open', 'closed' }
        }
        'See which keys have no item'             = @{ Before = { 'u1', 'nobody' | Set-Content ids.txt }; Then = { $output | Should -Be 'nobody' } }
        'Read in the order of the keys'           = @{ Then = { $output.id | Should -Be 'u3', 'u1', 'u2' } }
        'Read keys of several tables'             = @{
            Before = { 'table,id', 'Users,u1', 'Logins,l1', 'Logins,none' | Set-Content keys.csv }
            Then   = { $output.id | Sort-Object | Should -Be 'l1', 'u1' }
        }
    }
}
