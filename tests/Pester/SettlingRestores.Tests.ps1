# Restore-DdbTableInPlace as a job or a person in a hurry uses it: stopped by the first conflict, run again, undone, shown in a script.

BeforeAll {
    Import-Module "$PSScriptRoot/DynamoBatch.TestHelpers.psm1" -Force
    Import-Module (Get-ModulePath) -Force
    $null = Start-RestoreAws
    $connection = Get-Connection
}

AfterAll { Stop-LocalAws }

Describe 'Conflicts under -ErrorAction Stop' {
    BeforeEach {
        $source = New-RestoreTable
        $table = New-RestoreTable
        Invoke-Damage $table
        $with = @{ SourceTableName = $source; JournalPath = New-JournalPath }
        $null = Invoke-Restore $table ($with + @{ PrepareOnly = $true })

        # Two newer writes, which no run may overwrite or keep quiet about.
        Set-StoredAttribute $table k3 name @{ S = 'newer' }
        Set-StoredAttribute $table k4 v @{ N = '99' }
    }

    It 'no later run ends well without telling every one of them' {
        foreach ($run in 1..3) {
            { Invoke-Restore $table ($with + @{ ErrorAction = 'Stop'; WarningAction = 'SilentlyContinue' }) } | Should -Throw -ErrorId 'ConditionFailed,*'
        }
        $summary = Invoke-Restore $table ($with + @{ ErrorAction = 'SilentlyContinue'; ErrorVariable = 'global:conflict'; WarningAction = 'SilentlyContinue' })
        $summary.Conflicts | Should -Be 2
        $conflict.TargetObject.Key.id | Sort-Object | Should -Be 'k3', 'k4'
        (Get-StoredItem $table k3).name.S | Should -Be 'newer'
        $ended = Invoke-Caught { Invoke-Restore $table $with }
        $ended.Ended.FullyQualifiedErrorId | Should -BeLike 'RestoreJournalCompleted,*'
        $ended.Ended.Exception.Message | Should -Match '-Force settles its conflicts'
        (Invoke-Restore $table ($with + @{ Force = $true; WarningAction = 'SilentlyContinue' })).Conflicts | Should -Be 0
        Assert-TableImage (Get-TableImage $source) (Get-TableImage $table)
    }

    AfterEach { Remove-Variable conflict -Scope Global -ErrorAction Ignore }
}

Describe 'The undo file' {
    It 'of another restore is not added to' {
        $source = New-RestoreTable
        $table = New-RestoreTable
        $undo = Join-Path $TestDrive 'mine.undo'
        Invoke-Damage $table
        $null = Invoke-Restore $table @{ SourceTableName = $source; UndoPath = $undo }
        $before = Get-Content $undo -Raw
        Invoke-Damage $table
        $image = Get-TableImage $table
        $journal = New-JournalPath
        { Invoke-Restore $table @{ SourceTableName = $source; UndoPath = $undo; JournalPath = $journal } } | Should -Throw '*something in it already*' -ErrorId 'RestoreJournalNotUsable,*'
        Get-Content $undo -Raw | Should -Be $before
        Assert-TableImage $image (Get-TableImage $table)
        $journal | Should -Not -Exist
    }
}

Describe 'What is shown' {
    It 'is what matters, also in a script that has shown a table before' {
        $source = New-RestoreTable
        $table = New-RestoreTable
        Invoke-Damage $table
        $plan = Invoke-Restore $table @{ SourceTableName = $source; WhatIf = $true }
        $text = @(@{ id = 'k0' } | Remove-DdbBatch $table @connection), $plan | ForEach-Object { $_ } | Out-String
        $text | Should -Match 'Changes +: 7'
        $text | Should -Not -Match 'PlannedStorageBytes'
    }

    It '-WhatIf shows what it counted of two tables, and no scratch storage' {
        $source = New-RestoreTable
        $table = New-RestoreTable
        Invoke-Damage $table
        $text = Invoke-Restore $table @{ SourceTableName = $source; WhatIf = $true } | Out-String
        $text | Should -Match 'Changes +: 7'
        $text | Should -Match 'Deleted +: 2'
        $text | Should -Not -Match 'PlannedStorage'
    }

    It '-WhatIf tells both times' {
        $table = New-RestoreTable
        $t0 = New-Moment
        Invoke-Damage $table
        $t1 = New-Moment
        (Invoke-Restore $table @{ PointInTime = $t0; DamageEnd = $t1; WhatIf = $true }).Source | Should -Match 'undoing up to'
    }

    It 'a partition key that does not fit names its parameter' {
        $table = New-RestoreTable
        { Invoke-Restore $table @{ SourceTableName = (New-RestoreTable); PartitionKey = @{ id = 'x' }; WhatIf = $true } } | Should -Throw '-PartitionKey: *' -ErrorId 'KeyAttributeInvalid,*'
    }
}
