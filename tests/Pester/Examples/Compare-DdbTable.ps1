@{
    Setup   = {
        foreach ($name in 'Users-before', 'Users', 'UsersCopy') { New-Table -Name $name }
        Set-StoredItem Users-before @(1..10 | ForEach-Object { @{ id = @{ S = "u$_" }; balance = @{ N = "$_" }; tenant = @{ S = 'a' } } })
    }
    Example = @{
        'Find out what changed'                          = @{
            Before = {
                Set-StoredItem Users @(1..10 | Where-Object { $_ -ne 7 } | ForEach-Object { @{ id = @{ S = "u$_" }; balance = @{ N = "$(if ($_ -gt 8) { 0 } else { $_ })" }; tenant = @{ S = 'a' } } })
                Set-StoredItem Users @{ id = @{ S = 'v1' }; tenant = @{ S = 'b' } }
            }
            Then   = { ($output | Sort-Object { $_.Key.id }).SideIndicator | Should -Be '<>', '<=', '<>', '=>' }
        }
        'See both values of an attribute'                = @{ Then = { $output | Should -HaveCount 2; $output[0].PSObject.Properties.Value[2] | Should -Be 0 } }
        'Put back what vanished'                         = @{ Then = { (Get-StoredItem Users u7).balance.N | Should -Be '7' } }
        'Make the second table like the first'           = @{ Then = { Assert-TableImage (Get-TableImage Users-before) (Get-TableImage Users) } }
        'Check a copy'                                   = @{ Before = { Read-DdbTable Users | Write-DdbBatch UsersCopy }; Then = { $output | Should -Be 'The copy is exact.' } }
        "Compare a tenant's items beside production traffic" = @{
            Before = { Remove-StoredItem Users u1 }
            Then   = { ($output | Where-Object { $_ -isnot [Management.Automation.VerboseRecord] }).Key.id | Should -Be 'u1' }
        }
    }
}
