# Restore-DdbTableInPlace with what cannot be used, and with rights missing in the middle: clear errors, and the table untouched.

BeforeAll {
    Import-Module "$PSScriptRoot/DynamoBatch.TestHelpers.psm1" -Force
    Import-Module (Get-ModulePath) -Force
    $null = Start-RestoreAws
    $connection = Get-Connection
    $stateHome = $env:XDG_STATE_HOME
    $env:XDG_STATE_HOME = Join-Path $TestDrive 'state'

    # Runs it, expects that it ends with this error and message, that the table is untouched and that nothing is left.
    function Assert-Refused {
        param([string] $Table, [hashtable] $With, [string] $Id, [string] $Message, [switch] $KeepsScratch)
        $before = if ($Id -ne 'TableNotFound') { Get-TableImage $Table }
        Reset-LocalAws
        $caught = Invoke-Caught { Invoke-Restore $Table $With }
        $caught.Ended | Should -Not -BeNullOrEmpty
        $caught.Ended.FullyQualifiedErrorId | Should -Be "$Id,DynamoBatch.Commands.RestoreDdbTableInPlaceCommand" -Because $caught.Ended
        $caught.Ended.Exception.Message | Should -Match $Message
        $caught.Output | Should -BeNullOrEmpty
        Get-Mutation $Table | Should -BeNullOrEmpty
        if ($before) { Assert-TableImage $before (Get-TableImage $Table) }
        if (-not $KeepsScratch) { Get-ScratchTable $Table | Should -BeNullOrEmpty }
        $caught.Ended.Exception.Message
    }
}

AfterAll {
    Stop-LocalAws
    $env:XDG_STATE_HOME = $stateHome
}

Describe 'What cannot be restored' {
    BeforeEach { Reset-LocalAws }

    It 'a table that is not there' {
        Assert-Refused 'NoSuchTable' @{ LatestRestorableTime = $true } TableNotFound 'NoSuchTable'
    }

    It 'a table''s ARN for its name' {
        { Invoke-Restore 'arn:aws:dynamodb:eu-west-1:1:table/T' @{ LatestRestorableTime = $true } } | Should -Throw -ErrorId 'RestoreNotUsable,*'
    }

    It 'a time where recovery is off, and says how to turn it on and what works without' {
        $table = New-Table
        Set-StoredItem $table @{ id = @{ S = 'a' } }
        $null = Assert-Refused $table @{ PointInTime = (New-Moment) } RestorePointInTimeRecoveryOff 'is off.*-BackupArn.*update-continuous-backups'
        $null = Assert-Refused $table @{ LatestRestorableTime = $true } RestorePointInTimeRecoveryOff "--table-name $table"
    }

    It 'a time <When>, and says the window' -ForEach @(
        @{ When = 'in the future'; Days = 1; Says = 'is in the future' }
        @{ When = 'too long ago'; Days = -40; Says = 'too long ago' }
        @{ When = 'that is not restorable yet'; Days = 0; Says = 'cannot be restored yet: wait some minutes' }
    ) {
        $table = New-RestoreTable 2
        # The local AWS's clock is a day behind, so now is later than what it can restore.
        $null = Assert-Refused $table @{ PointInTime = [DateTime]::UtcNow.AddDays($Days).AddSeconds(-5) } RestorePointInTimeNotAvailable "$Says.*can be restored to times from .* to "
        $null = Assert-Refused $table @{ PointInTime = (New-Moment); DamageEnd = [DateTime]::UtcNow.AddHours(1) } RestorePointInTimeNotAvailable '^-DamageEnd .* is in the future'
    }

    It 'a -DamageEnd that is not after -PointInTime' {
        $table = New-RestoreTable 2
        $t0 = New-Moment
        $null = Assert-Refused $table @{ PointInTime = $t0; DamageEnd = $t0 } RestoreNotUsable '-DamageEnd is not after -PointInTime'
    }

    It 'a time that came twice, or never, by the user''s clock; with a zone it is taken' {
        $table = New-RestoreTable 2
        $there = "-EndpointUrl $($connection.EndpointUrl) -AccessKey local -SecretKey local -Confirm:`$false -JournalPath '$(New-JournalPath)'"
        $shell = Start-Shell -Environment @{ TZ = 'Europe/Zurich' } "foreach (`$t in '2026-10-25T02:30:00', '2026-03-29T02:30:00', '2026-10-25T02:30:00Z') { try { Restore-DdbTableInPlace $table -PointInTime `$t $there } catch { `$_.FullyQualifiedErrorId + '|' + `$_ } }"
        try { $said = $shell.Output.Result -split "`n" } finally { $shell.WaitForExit(); $shell.Dispose() }
        $said[0] | Should -BeLike 'RestorePointInTimeNotAvailable,*2026-10-25 02:30:00 came twice*+01:00*'
        $said[1] | Should -BeLike 'RestorePointInTimeNotAvailable,*2026-03-29 02:30:00 never came*'
        $said[2] | Should -BeLike 'RestorePointInTimeNotAvailable,*too long ago*'
        Get-Mutation $table | Where-Object operation -Match 'Item|Statement' | Where-Object items -NE 2 | Should -BeNullOrEmpty
    }

    It 'a source of another key schema, that is not there, or is the table itself' {
        $table = New-RestoreTable 2
        $sorted = New-Table -SortKey s
        $number = New-Table -KeyType N
        $null = Assert-Refused $table @{ SourceTableName = $sorted } RestoreSourceNotUsable "$sorted"
        $null = Assert-Refused $table @{ SourceTableName = $number } RestoreSourceNotUsable "$number"
        $null = Assert-Refused $table @{ SourceTableName = 'NoSuchTable' } RestoreSourceNotUsable 'does not exist'
        $null = Assert-Refused $table @{ SourceTableName = $table } RestoreSourceNotUsable 'itself'
    }

    It 'a backup of another table but with -Force, of AWS Backup, that is not there, or no backup at all' {
        $table = New-RestoreTable 2
        $other = New-RestoreTable 5
        $arn = (Invoke-Ddb CreateBackup @{ TableName = $other; BackupName = 'other' }).BackupDetails.BackupArn
        $null = Assert-Refused $table @{ BackupArn = $arn } RestoreBackupNotUsable "is of table '$other', not of '$table'.*-Force"
        $null = Assert-Refused $table @{ BackupArn = 'arn:aws:backup:eu-west-1:123456789012:recovery-point:1234' } RestoreBackupNotUsable 'AWS Backup.*-SourceTableName'
        $null = Assert-Refused $table @{ BackupArn = ($arn -replace '.{4}$', '0000') } RestoreBackupNotUsable 'does not exist.*list-backups'
        $null = Assert-Refused $table @{ BackupArn = 'mine' } RestoreBackupNotUsable 'is not the ARN'
        (Invoke-Restore $table @{ BackupArn = $arn; Force = $true }).Put | Should -Be 3
    }

    It 'what Recreate cannot follow' {
        $table = New-RestoreTable 2
        $null = Assert-Refused $table @{ Method = 'Recreate'; PointInTime = (New-Moment); KeyPrefix = 'a' } RestoreNotUsable '-KeyPrefix cannot be followed.*Reconcile'
    }

    It 'to a scratch table whose name is taken' {
        $table = New-RestoreTable 2
        $taken = New-Table
        Set-StoredItem $taken @{ id = @{ S = 'precious' } }
        $null = Assert-Refused $table @{ PointInTime = (New-Moment); ScratchTableName = $taken } RestoreScratchTableExists "'$taken' is there already.*Choose another -ScratchTableName"
        Get-StoredCount $taken | Should -Be 1
    }
}

Describe 'A table in another state' {
    BeforeEach {
        $table = New-RestoreTable
        $wanted = Get-TableImage $table
        $t0 = New-Moment
        Invoke-Damage $table
        Reset-LocalAws
    }
    AfterEach { Reset-LocalAws }

    It 'is restored while it is UPDATING' {
        Set-Fault @{ tableStates = @{ $table = @{ state = 'UPDATING' } } }
        (Invoke-Restore $table @{ PointInTime = $t0 }).Changes | Should -Be 7
        Reset-LocalAws
        Assert-TableImage $wanted (Get-TableImage $table)
    }

    It 'is waited for while it is CREATING' {
        Set-Fault @{ tableStates = @{ $table = @{ state = 'CREATING'; forDescribes = 2 } } }
        # In a process of its own: a schema is kept for a minute.
        $shell = Start-Shell "(Restore-DdbTableInPlace $table -PointInTime ([DateTime]::new($($t0.Ticks), 'Utc')) -EndpointUrl $($connection.EndpointUrl) -AccessKey local -SecretKey local -Confirm:`$false -JournalPath '$(New-JournalPath)').Changes"
        try { $shell.Output.Result.Trim() | Should -Be 7 } finally { $shell.WaitForExit(); $shell.Dispose() }
        Reset-LocalAws
        Assert-TableImage $wanted (Get-TableImage $table)
    }

    It 'is refused where it was replaced between -PrepareOnly and the run' {
        $with = @{ PointInTime = $t0; JournalPath = New-JournalPath; WarningAction = 'SilentlyContinue' }
        $null = Invoke-Restore $table ($with + @{ PrepareOnly = $true })
        $null = Invoke-Ddb DeleteTable @{ TableName = $table }
        $null = New-Table -Name $table
        Set-StoredItem $table @{ id = @{ S = 'k3' }; name = @{ S = 'BAD' } }
        $null = Assert-Refused $table $with RestoreTableReplaced ([regex]::Escape($with.JournalPath))
    }

    It 'is refused where it was deleted between -PrepareOnly and the run' {
        $with = @{ PointInTime = $t0; JournalPath = New-JournalPath; WarningAction = 'SilentlyContinue' }
        $null = Invoke-Restore $table ($with + @{ PrepareOnly = $true })
        $null = Invoke-Ddb DeleteTable @{ TableName = $table }
        { Invoke-Restore $table $with } | Should -Throw -ErrorId 'TableNotFound,*'
    }
}

Describe 'Rights that are missing' {
    BeforeEach {
        $table = New-RestoreTable
        $wanted = Get-TableImage $table
        $t0 = New-Moment
        Invoke-Damage $table
        $with = @{ PointInTime = $t0; JournalPath = New-JournalPath; WarningAction = 'SilentlyContinue' }
        Reset-LocalAws
    }
    AfterEach { Reset-LocalAws }

    It '<Action><Scratch>: ends with the table untouched and nothing left, and the same command goes on' -ForEach @(
        @{ Action = 'DescribeContinuousBackups' }, @{ Action = 'RestoreTableToPointInTime' }, @{ Action = 'Scan' }, @{ Action = 'Scan'; Scratch = '.mine' }
    ) {
        if ($Scratch) { $with.ScratchTableName = "$table$Scratch" }
        $before = Get-TableImage $table
        Set-Fault @{ denied = @($Action) }
        $caught = Invoke-Caught { Invoke-Restore $table $with }
        Reset-LocalAws
        $caught.Ended.FullyQualifiedErrorId | Should -BeLike 'AccessDenied,*'
        $caught.Ended.Exception.Message | Should -Match "dynamodb:$Action"
        Assert-TableImage $before (Get-TableImage $table)
        Get-ScratchTable $table | Should -BeNullOrEmpty
        (Invoke-Restore $table $with).Changes | Should -Be 7
        Assert-TableImage $wanted (Get-TableImage $table)
        Get-ScratchTable $table | Should -BeNullOrEmpty
    }

    It '<Action>: tells what is done, and the same command does the rest without another restore' -ForEach @(
        @{ Action = 'UpdateItem' }, @{ Action = 'DeleteItem' }
    ) {
        Set-Fault @{ denied = @($Action) }
        $caught = Invoke-Caught { Invoke-Restore $table $with }
        $caught.Ended.FullyQualifiedErrorId | Should -BeLike 'AccessDenied,*'
        $caught.Ended.Exception.Message | Should -Match "dynamodb:$Action"
        $caught.Ended.Exception.Message | Should -Match 'Of 7 changes \d are made'
        $caught.Ended.Exception.Message | Should -Match ([regex]::Escape($with.JournalPath))
        Set-Fault @{}
        $summary = Invoke-Restore $table $with
        Assert-RestoreAccounts $summary
        $summary.Put, $summary.Updated, $summary.Deleted | Should -Be 3, 2, 2
        @(Get-RestoreRequest).Count | Should -Be 1
        Assert-TableImage $wanted (Get-TableImage $table)
    }

    It 'the batched puts: falls back to PutItem, and ends where that is missing too' {
        Set-Fault @{ denied = @('PartiQLInsert', 'PutItem') }
        $caught = Invoke-Caught { Invoke-Restore $table $with }
        $caught.Ended.FullyQualifiedErrorId | Should -BeLike 'AccessDenied,*'
        $caught.Ended.Exception.Message | Should -Match 'dynamodb:PutItem'
        Set-Fault @{ denied = @('PartiQLInsert') }
        $null = Invoke-Restore $table $with
        Assert-TableImage $wanted (Get-TableImage $table)
    }

    It 'DeleteTable: restores, names the scratch table left, and the command that deletes it' {
        Set-Fault @{ denied = @('DeleteTable') }
        $caught = Invoke-Caught { Invoke-Restore $table @{ PointInTime = $t0; JournalPath = $with.JournalPath } }
        Reset-LocalAws
        $caught.Ended | Should -BeNullOrEmpty
        $left = Get-ScratchTable $table
        @($left).Count | Should -Be 1
        "$($caught.Warnings)" | Should -Match "$left.*could not be deleted.*delete-table --table-name $left"
        $caught.Output[0].ScratchTableName | Should -Be $left
        Assert-TableImage $wanted (Get-TableImage $table)
        $null = Invoke-Ddb DeleteTable @{ TableName = $left }
    }

    It 'Scan and DeleteTable: the error names the table left' {
        Set-Fault @{ denied = @('Scan', 'DeleteTable') }
        $caught = Invoke-Caught { Invoke-Restore $table $with }
        Set-Fault @{}
        $caught.Ended.FullyQualifiedErrorId | Should -BeLike 'AccessDenied,*'
        $left = Get-ScratchTable $table
        $caught.Ended.Exception.Message | Should -Match "$left.*could not be deleted"
        (Invoke-Restore $table $with).Changes | Should -Be 7
        @(Get-RestoreRequest).Count | Should -Be 1
        Get-ScratchTable $table | Should -BeNullOrEmpty
    }
}

Describe 'A journal' {
    BeforeEach {
        $table = New-RestoreTable 5
        $t0 = New-Moment
        $journal = New-JournalPath
        $with = @{ PointInTime = $t0; JournalPath = $journal }
    }

    It 'of another <Of> is refused, and stays as it is' -ForEach @(
        @{ Of = 'time'; Other = { @{ PointInTime = $t0.AddSeconds(-1) } }; Says = 'its PointInTime is' }
        @{ Of = 'scope'; Other = { @{ KeyPrefix = 'k' } }; Says = 'its KeyPrefix is not given, this one''s is k' }
        @{ Of = 'damage'; Other = { @{ DamageEnd = (New-Moment) } }; Says = 'its DamageEnd is not given' }
    ) {
        $null = Invoke-Restore $table ($with + @{ PrepareOnly = $true })
        $content = Get-Content $journal -Raw
        $others = $with.Clone()
        foreach ($change in (& $Other).GetEnumerator()) { $others[$change.Key] = $change.Value }
        $null = Assert-Refused $table $others RestoreJournalOfOther $Says
        Get-Content $journal -Raw | Should -Be $content
    }

    It 'of another table is refused' {
        $null = Invoke-Restore $table ($with + @{ PrepareOnly = $true })
        $other = New-RestoreTable 2
        $null = Assert-Refused $other @{ PointInTime = $t0.AddSeconds(1); JournalPath = $journal } RestoreJournalOfOther "its TableName is $table"
    }

    It 'of a restore that has ended is refused' {
        $null = Invoke-Restore $table $with
        $null = Assert-Refused $table $with RestoreJournalCompleted 'has ended. Name another -JournalPath'
    }

    It 'that is damaged, or is no journal, is refused, and stays as it is' {
        $null = Invoke-Restore $table ($with + @{ PrepareOnly = $true })
        $lines = @(Get-Content $journal)
        Set-Content $journal (@($lines[0], 'rubbish') + $lines[1..9])
        $content = Get-Content $journal -Raw
        $null = Assert-Refused $table $with RestoreJournalDamaged 'line 2 makes no sense'
        Get-Content $journal -Raw | Should -Be $content
        Set-Content $journal 'id,name'
        $null = Assert-Refused $table $with RestoreJournalDamaged 'line 1'
        Get-Content $journal | Should -Be 'id,name'
    }

    It 'whose last line is torn is gone on with' {
        $null = Invoke-Restore $table ($with + @{ PrepareOnly = $true })
        [IO.File]::AppendAllText($journal, '{"Step":"Conf')
        Reset-LocalAws
        (Invoke-Restore $table ($with + @{ WarningAction = 'SilentlyContinue' })).Changes | Should -Be 0
        Get-RestoreRequest | Should -BeNullOrEmpty
    }

    It 'that another run has is refused' {
        $stream = [IO.File]::Open($journal, 'OpenOrCreate', 'ReadWrite', 'None')
        try { $null = Assert-Refused $table $with RestoreJournalNotUsable ([regex]::Escape($journal)) }
        finally { $stream.Dispose() }
    }

    It 'in a folder that is not there, or is read-only, is refused' {
        $null = Assert-Refused $table @{ PointInTime = $t0; JournalPath = (Join-Path $TestDrive 'no/such.journal') } RestoreJournalNotUsable 'existing folder'
        # Root may write everywhere but there.
        if ($IsLinux) { $null = Assert-Refused $table @{ PointInTime = $t0; JournalPath = '/proc/dynamobatch.journal' } RestoreJournalNotUsable 'dynamobatch.journal' }
        $env:XDG_STATE_HOME = '/proc'
        try {
            if ($IsLinux) {
                $caught = Invoke-Caught { Restore-DdbTableInPlace $table -PointInTime $t0 -Confirm:$false @connection }
                $caught.Ended.FullyQualifiedErrorId | Should -BeLike 'RestoreJournalNotUsable,*'
                $caught.Ended.Exception.Message | Should -Match '-JournalPath'
            }
        }
        finally { $env:XDG_STATE_HOME = Join-Path $TestDrive 'state' }
    }
}
