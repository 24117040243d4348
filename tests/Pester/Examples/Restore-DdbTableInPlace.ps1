# What was at 10:15 was damaged until 10:25; after that somebody set the plan of one damaged item.
@{
    Fresh   = $true
    Server  = {
        # The pages' times are absolute, so the clock of the local AWS begins just before them.
        $behind = ([DateTime]::UtcNow - ([DateTime] '2026-11-20T10:00:00Z').ToUniversalTime()).TotalSeconds
        '--restorable-lag', '0', '--restore-time', '0', '--clock-behind', ([long] $behind).ToString([cultureinfo]::InvariantCulture)
    }
    Setup   = {
        $null = Invoke-Control backups -Body @{ deleteTime = 0; backupTime = 0 }
        New-Table -Name Users
        Enable-Recovery Users
        Set-StoredItem Users @(1..6 | ForEach-Object { @{ id = @{ S = "u$_" }; plan = @{ S = 'basic' }; tenant = @{ S = @('a', 'b')[$_ % 2] } } })
        Set-Moment '2026-11-20T10:20:00Z'
        Remove-StoredItem Users u1, u2
        Set-StoredAttribute Users u3 plan @{ S = 'BAD' }
        Set-StoredAttribute Users u4 plan @{ S = 'BAD' }
        Set-Moment '2026-11-20T10:26:00Z'
        Set-StoredAttribute Users u4 plan @{ S = 'gold' }
        Set-Moment '2026-11-20T10:30:00Z'
    }
    Example = @{
        'Put deleted rows back'                             = @{ Then = { $output.Put | Should -Be 2; Get-StoredCount Users | Should -Be 6; (Get-StoredItem Users u3).plan.S | Should -Be 'BAD' } }
        'See what it would need, and then what it would do' = @{ Then = { $output[0].WhatIf | Should -BeTrue; $output[1..3] | Should -Match '"Wanted"'; $output[-1].Updated | Should -Be 2 } }
        'Undo a bad script beside good traffic'             = @{
            Errors = 'ConditionFailed'
            Then   = { $output[0].Conflicts | Should -Be 1; $output[1].WantedItem.plan | Should -Be 'basic'; (Get-StoredItem Users u4).plan.S | Should -Be 'gold' }
        }
        'One tenant only'                                   = @{
            Before = {
                Set-StoredItem Users @(1..4 | ForEach-Object { @{ id = @{ S = "u$_" }; plan = @{ S = 'basic' }; tenant = @{ S = @('a', 'b')[$_ % 2] } } })
                $backup = (Invoke-Ddb CreateBackup @{ TableName = 'Users'; BackupName = 'monday' }).BackupDetails.BackupArn
                Remove-StoredItem Users u1, u2
            }
            Then   = { $output.Put | Should -Be 1; Get-StoredItem Users u2 | Should -Not -BeNullOrEmpty; Get-StoredItem Users u1 | Should -BeNullOrEmpty }
        }
        "Settle conflicts in favour of the old content"     = @{
            Before = { $t0 = '2026-11-20T10:15:00Z'; $t1 = '2026-11-20T10:25:00Z' }
            Then   = { (Get-StoredItem Users u4).plan.S | Should -Be 'basic' }
        }
        'Undo the restore'                                  = @{
            Before = { $sum = Restore-DdbTableInPlace Users -PointInTime '2026-11-20T10:15:00Z' -Confirm:$false }
            Then   = { (Get-StoredItem Users u3).plan.S | Should -Be 'BAD'; (Get-StoredItem Users u4).plan.S | Should -Be 'gold' }
        }
        'In a CI job'                                       = @{ Before = { $t0 = '2026-11-20T10:15:00Z' }; Then = { $output.Put | Should -Be 2; 'users.journal' | Should -Exist } }
    }
    NotRun  = @{
        'Replace the whole table' = 'It waits a minute before its backup. Recreating.Tests.ps1 does the same from a backup.'
    }
}
