@{
    Fresh   = $true
    Server  = { '--restorable-lag', '0', '--restore-time', '0' }
    Setup   = {
        New-Table -Name Users
        Enable-Recovery Users
    }
    Example = @{
        'A first run' = @{
            Before = { 'id,age,name', 'u1,42,Ann', 'u2,7 years,Bob', 'u3,,Cy' | Set-Content users.csv }
            # Once of the dry run, once of the load.
            Errors = 'ValueNotSupported'
            Then   = {
                (Get-StoredItem Users u2).age.N | Should -Be '7'
                Get-StoredCount Users | Should -Be 3
                ConvertFrom-DdbJson -Path users.jsonl.gz | Should -HaveCount 3
                $output[-1].WhatIf | Should -BeTrue
            }
        }
    }
}
