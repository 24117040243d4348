# The same history as that of the command's page.
$page = & "$PSScriptRoot/Restore-DdbTableInPlace.ps1"
$t0Known = { $t0 = '2026-11-20T10:15:00Z' }
@{
    Fresh   = $true
    Server  = $page.Server
    Setup   = $page.Setup
    Example = @{
        'Rehearse: what would it need'       = @{ Before = $t0Known; Then = { $output.WhatIf | Should -BeTrue; Get-StoredCount Users | Should -Be 4 } }
        'Rehearse: what would it change'     = @{
            Before = $t0Known
            Then   = { $output | Out-String | Should -Match 'Put +: 2'; $output[-1] | Should -Match '"Seen"|"Wanted"'; Get-StoredCount Users | Should -Be 4 }
        }
        'Rehearse: what would it change (2)' = @{ Before = $t0Known; Then = { $output.Put | Should -Be 2; Get-StoredCount Users | Should -Be 6 } }
        'Rehearse on a copy'                 = @{
            Before = { Set-StoredItem Users @{ id = @{ S = 'u1' } }, @{ id = @{ S = 'u2' } }; New-Table -Name UsersCopy }
            Then   = { $output[-2].Put | Should -Be 2; $output[-2].WhatIf | Should -BeTrue; $output[-1].Put | Should -Be 2; Get-StoredCount UsersCopy | Should -Be 6 }
        }
        'Undo a restore'                     = @{ Before = $t0Known; Then = { (Get-StoredItem Users u3).plan.S | Should -Be 'BAD'; Get-StoredCount Users | Should -Be 4 } }
        'In a job'                           = @{ Before = $t0Known; Then = { $output.Put | Should -Be 2 } }
    }
}
