@{
    Setup   = {
        New-Table -Name Users
        New-Table -Name Audit
        New-Table -Name Logins
        New-Table -Name Files
    }
    Example = @{
        'Load a CSV file with typed columns'               = @{
            Before = { 'id,age,tags,active', 'u1,42,admin;ops,true', 'u2,,ops,false' | Set-Content users.csv }
            Then   = {
                $output.Succeeded | Should -Be 2
                (Get-StoredItem Users u1).age.N | Should -Be '42'
                (Get-StoredItem Users u2).Keys | Should -Not -Contain 'age'
            }
        }
        'Load JSON, each object into its own table'        = @{
            Before = { '[{"id":"e1","table":"Logins","at":"2026-11-20T10:15:00Z"},{"id":"e2","n":1}]' | Set-Content events.json }
            Then   = { (Get-StoredItem Logins e1).at.S | Should -Be '2026-11-20T10:15:00Z'; (Get-StoredItem Audit e2).n.N | Should -Be '1' }
        }
        'Repair what failed, and write it again'           = @{
            Before = { 'id,age', 'r1,42', 'r2,7 years' | Set-Content users.csv }
            Errors = 'ValueNotSupported'
            Then   = { (Get-StoredItem Users r2).age.N | Should -Be '7' }
        }
        'Keep what failed in a file'                       = @{
            Before = { 'id,age', 'f1,42', 'f2,old' | Set-Content users.csv }
            Then   = { ($output | Where-Object Name -EQ 'ValueNotSupported').Count | Should -Be 1 }
        }
        'See first what would be written'                  = @{
            Before = { 'id,age', 'w1,42', 'w2,' | Set-Content users.csv }
            Then   = { Get-StoredItem Users w1 | Should -BeNullOrEmpty; $output | Out-String | Should -Match 'Planned +: 2' }
        }
        'Load beside production traffic'                   = @{ Before = { 'id,age', 'b1,42' | Set-Content users.csv }; Then = { Get-StoredItem Users b1 | Should -Not -BeNullOrEmpty } }
        'Keep a list of what is written'                   = @{
            Before = { 'id,age', 'l1,42', 'l2,43' | Set-Content users.csv }
            Then   = { Import-Csv written.csv | Should -HaveCount 2; $output | Out-String | Should -Match 'Succeeded +: 2' }
        }
        'Store what a command finds'                       = @{
            Before = { 'x' | Set-Content a.txt }
            Then   = { $output.Succeeded | Should -Be 1; (Get-StoredItems Files).Length.N | Should -Be "$((Get-Item a.txt).Length)" }
        }
        'Say region and profile once'                      = @{ Before = { 'id,age', 'p1,42' | Set-Content users.csv }; Then = { $output.Succeeded | Should -Be 1 } }
        'Put only what is not there yet'                   = @{
            Before = { Set-StoredItem Users @{ id = @{ S = 'n1' } }; 'id,age', 'n1,42', 'n2,43' | Set-Content users.csv }
            Then   = { $output[-1] | Should -Be 1; (Get-StoredItem Users n1).Keys | Should -Not -Contain 'age' }
        }
        'Go on with a load that was killed'                = @{
            Before = {
                'id,age', 'j1,1', 'j2,2' | Set-Content jobs.csv
                Import-Csv jobs.csv | Select-Object -First 1 | Write-DdbBatch Users -CheckpointPath jobs.ckpt
            }
            Then   = { $output | Out-String | Should -Match 'Skipped +: 1'; Get-StoredItem Users j2 | Should -Not -BeNullOrEmpty }
        }
    }
}
