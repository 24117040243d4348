# Restore-DdbTableInPlace -Method Recreate, from a backup: the table is replaced, keeps its settings, and is never lost.

BeforeAll {
    Import-Module "$PSScriptRoot/DynamoBatch.TestHelpers.psm1" -Force
    Import-Module (Get-ModulePath) -Force
    $null = Start-RestoreAws
    $connection = Get-Connection

    # A table with settings that a restore drops, a backup of its content, and damage since.
    function New-RecreatedTable([switch] $Plain, [switch] $Protected) {
        $table = New-Table -IndexKey name
        Enable-Recovery $table
        if (-not $Plain) {
            $arn = (Invoke-Ddb DescribeTable @{ TableName = $table }).Table.TableArn
            $null = Invoke-Ddb UpdateTable @{ TableName = $table; StreamSpecification = @{ StreamEnabled = $true; StreamViewType = 'OLD_IMAGE' } }
            $null = Invoke-Ddb UpdateTimeToLive @{ TableName = $table; TimeToLiveSpecification = @{ Enabled = $true; AttributeName = 'exp' } }
            $null = Invoke-Ddb TagResource @{ ResourceArn = $arn; Tags = @(@{ Key = 'team'; Value = 'ops' }, @{ Key = 'Zone'; Value = 'ü' }) }
        }
        if ($Protected) { $null = Invoke-Ddb UpdateTable @{ TableName = $table; DeletionProtectionEnabled = $true } }
        Set-StoredItem $table @(0..49 | ForEach-Object { @{ id = @{ S = "k$_" }; v = @{ N = "$_" }; name = @{ S = "name $_" } } })
        $wanted = Get-TableImage $table
        $backup = (Invoke-Ddb CreateBackup @{ TableName = $table; BackupName = 'before' }).BackupDetails.BackupArn
        Invoke-Damage $table
        $old = (Invoke-Ddb DescribeTable @{ TableName = $table }).Table
        Reset-LocalAws
        [pscustomobject]@{ Table = $table; Wanted = $wanted; Backup = $backup; Journal = New-JournalPath; Old = $old; Damaged = Get-TableImage $table }
    }

    function Invoke-Recreate($Case, [hashtable] $More = @{}) {
        Invoke-Restore $Case.Table (@{ Method = 'Recreate'; BackupArn = $Case.Backup; JournalPath = $Case.Journal; WarningAction = 'SilentlyContinue' } + $More)
    }

    # What there is of the settings, as a text.
    function Get-Settings([string] $Table) {
        $now = (Invoke-Ddb DescribeTable @{ TableName = $Table }).Table
        @(
            "stream $($now['StreamSpecification'].StreamViewType)"
            "ttl $((Invoke-Ddb DescribeTimeToLive @{ TableName = $Table }).TimeToLiveDescription['AttributeName'])"
            "tags $((Invoke-Ddb ListTagsOfResource @{ ResourceArn = $now.TableArn }).Tags | ForEach-Object { "$($_.Key)=$($_.Value)" } | Sort-Object)"
            "recovery $((Invoke-Ddb DescribeContinuousBackups @{ TableName = $Table }).ContinuousBackupsDescription.PointInTimeRecoveryDescription.PointInTimeRecoveryStatus)"
            "protection $([bool] $now['DeletionProtectionEnabled'])"
            "indexes $($now['GlobalSecondaryIndexes'] | ForEach-Object IndexName)"
            "billing $($now['BillingModeSummary'].BillingMode)"
        ) -join '; '
    }

    function Start-Recreate($Case) {
        Start-Shell ("Restore-DdbTableInPlace $($Case.Table) -Method Recreate -BackupArn '$($Case.Backup)' -JournalPath '$($Case.Journal)' -Confirm:`$false " +
            "-EndpointUrl $($connection.EndpointUrl) -AccessKey local -SecretKey local -Region us-east-1")
    }
}

AfterAll { Stop-LocalAws }

Describe 'A recreated table' {
    BeforeEach { Reset-LocalAws }

    It 'has the content of the backup, its settings, and a summary that tells what is new' {
        $case = New-RecreatedTable -Protected
        $before = Get-Settings $case.Table
        $summary = Invoke-Recreate $case
        Assert-TableImage $case.Wanted (Get-TableImage $case.Table)
        Get-Settings $case.Table | Should -Be $before
        $new = (Invoke-Ddb DescribeTable @{ TableName = $case.Table }).Table
        $new.TableId | Should -Not -Be $case.Old.TableId
        $summary.Method | Should -Be 'Recreate'
        $summary.Outage | Should -BeGreaterThan ([timespan]::Zero)
        $summary.StreamArn | Should -Be $new.LatestStreamArn
        $summary.StreamArn | Should -Not -Be $case.Old.LatestStreamArn
        $summary.NotCarriedOver | Should -BeNullOrEmpty
        $summary.BackupArn[0] | Should -Be $case.Backup
        $summary.BackupArn.Count | Should -Be 2
        $system = (Invoke-Ddb DescribeBackup @{ BackupArn = $summary.BackupArn[1] }).BackupDescription
        $system.BackupDetails.BackupName | Should -Be "$($case.Table)`$DeletedTableBackup"
        "$($summary.Note)" | Should -Match 'event source mappings'
        Get-ScratchTable $case.Table | Should -BeNullOrEmpty
        @(Get-RestoreRequest).Count | Should -Be 1
    }

    It '-WhatIf and -PrepareOnly do nothing to the table' {
        $case = New-RecreatedTable
        $plan = Restore-DdbTableInPlace $case.Table -Method Recreate -BackupArn $case.Backup -JournalPath $case.Journal -WhatIf @connection
        $plan.WhatIf | Should -BeTrue
        Get-Mutation | Should -BeNullOrEmpty
        $case.Journal | Should -Not -Exist
        $prepared = Invoke-Recreate $case @{ PrepareOnly = $true }
        $prepared.PrepareOnly | Should -BeTrue
        $prepared.WhatIf | Should -BeFalse
        Get-Mutation $case.Table | Should -BeNullOrEmpty
        Assert-TableImage $case.Damaged (Get-TableImage $case.Table)
        $null = Invoke-Recreate $case
        Assert-TableImage $case.Wanted (Get-TableImage $case.Table)
    }

    It 'is asked for, and stays as it is after No' {
        $case = New-RecreatedTable
        $script = "Restore-DdbTableInPlace $($case.Table) -Method Recreate -BackupArn '$($case.Backup)' -JournalPath '$($case.Journal)' @connection"
        $no = Invoke-Answered 2 $script
        $no.Asked.Count | Should -Be 1
        $no.Asked[0] | Should -Match "^Delete table '$($case.Table)' and restore .* cannot be used meanwhile.*DeletedTableBackup"
        $no.Output | Should -BeNullOrEmpty
        "$($no.Warnings)" | Should -Match 'Nothing was done to the table'
        Get-Mutation $case.Table | Should -BeNullOrEmpty
        $yes = Invoke-Answered 0 $script
        $yes.Output[0].Outage | Should -Not -BeNullOrEmpty
        Assert-TableImage $case.Wanted (Get-TableImage $case.Table)
    }

    It 'is refused with replicas, and stays as it is' {
        $case = New-RecreatedTable
        $null = Invoke-Ddb UpdateTable @{ TableName = $case.Table; ReplicaUpdates = @(@{ Create = @{ RegionName = 'eu-west-1' } }) }
        Reset-LocalAws
        $caught = Invoke-Caught { Invoke-Recreate $case }
        $caught.Ended.FullyQualifiedErrorId | Should -BeLike 'RestoreTableNotSuitable,*'
        $caught.Ended.Exception.Message | Should -Match 'eu-west-1.*-Method Reconcile'
        Get-Mutation $case.Table | Should -BeNullOrEmpty
    }

    It 'is refused without point-in-time recovery, for nothing would keep its last state' {
        $table = New-Table
        Set-StoredItem $table @{ id = @{ S = 'a' } }
        $arn = (Invoke-Ddb CreateBackup @{ TableName = $table; BackupName = 'before' }).BackupDetails.BackupArn
        Reset-LocalAws
        { Invoke-Restore $table @{ Method = 'Recreate'; BackupArn = $arn } } | Should -Throw -ErrorId 'RestoreTableNotSuitable,*'
        Get-Mutation $table | Should -BeNullOrEmpty
    }

    It 'is refused where another one has its name by now' {
        $case = New-RecreatedTable -Plain
        $null = Invoke-Recreate $case @{ PrepareOnly = $true }
        $null = Invoke-Ddb DeleteTable @{ TableName = $case.Table }
        $null = New-Table -Name $case.Table
        Enable-Recovery $case.Table
        Reset-LocalAws
        { Invoke-Recreate $case } | Should -Throw -ErrorId 'RestoreTableReplaced,*'
        Get-Mutation $case.Table | Should -BeNullOrEmpty
    }
}

Describe 'A recreation that does not get through' {
    AfterEach {
        Reset-LocalAws
        $null = Invoke-Control backups -Body @{ restoreTime = 0; deleteTime = 0 }
    }

    It '<Action> is denied: the table stands with its protection' -ForEach @(@{ Action = 'DeleteTable' }, @{ Action = 'UpdateTable' }) {
        $case = New-RecreatedTable -Protected
        Set-Fault @{ denied = @($Action) }
        $caught = Invoke-Caught { Invoke-Recreate $case }
        Reset-LocalAws
        $caught.Ended.Exception.Message | Should -Match "dynamodb:$Action"
        Assert-TableImage $case.Damaged (Get-TableImage $case.Table)
        $now = (Invoke-Ddb DescribeTable @{ TableName = $case.Table }).Table
        $now.TableId | Should -Be $case.Old.TableId
        $now.DeletionProtectionEnabled | Should -BeTrue
        $null = Invoke-Recreate $case
        Assert-TableImage $case.Wanted (Get-TableImage $case.Table)
    }

    It 'RestoreTableFromBackup is denied when the table is gone: says how it comes back, and the same command brings it back' {
        $case = New-RecreatedTable
        $before = Get-Settings $case.Table
        Set-Fault @{ denied = @('RestoreTableFromBackup') }
        $caught = Invoke-Caught { Invoke-Recreate $case }
        Set-Fault @{}
        $message = $caught.Ended.Exception.Message
        $message | Should -Match 'dynamodb:RestoreTableFromBackup'
        $message | Should -Match ([regex]::Escape($case.Backup))
        $message | Should -Match ([regex]::Escape($case.Journal))
        $message | Should -Match "restore-table-from-backup --target-table-name $($case.Table)"
        $null = Invoke-Recreate $case
        Assert-TableImage $case.Wanted (Get-TableImage $case.Table)
        Get-Settings $case.Table | Should -Be $before
    }

    It 'TagResource is denied: the table is back, the error and the summary tell the command that is left' {
        $case = New-RecreatedTable
        Set-Fault @{ denied = @('TagResource') }
        $caught = Invoke-Caught { Invoke-Recreate $case }
        Reset-LocalAws
        $caught.Ended | Should -BeNullOrEmpty
        $caught.Errors.Count | Should -Be 1
        $caught.Errors[0].FullyQualifiedErrorId | Should -BeLike 'RestoreStepFailed,*'
        $caught.Errors[0].Exception.Message | Should -Match 'tag-resource'
        "$($caught.Output[0].NotCarriedOver)" | Should -Match 'tag-resource'
        Assert-TableImage $case.Wanted (Get-TableImage $case.Table)
    }

    It 'killed at <Step>: the same command brings it back, with its settings' -Skip:$IsWindows -ForEach @(
        @{ Step = 'DeletionRequested' }, @{ Step = 'RestoreRequested' }, @{ Step = 'Restored' }
    ) {
        $case = New-RecreatedTable -Protected
        $before = Get-Settings $case.Table
        Reset-LocalAws
        # What comes after the step takes longer than any machine: it is killed there, however late this process notices.
        $null = Invoke-Control backups -Body @{ restoreTime = $(if ($Step -eq 'RestoreRequested') { 900 } else { 0.5 }); deleteTime = $(if ($Step -eq 'DeletionRequested') { 900 } else { 0.5 }) }
        Set-Fault @{ operations = @{ UpdateContinuousBackups = @{ chance = @{ hang = 1 } } } }
        Stop-ShellWhen (Start-Recreate $case) { Test-JournalStep $case.Journal $Step } | Should -BeTrue
        Set-Fault @{}
        $null = Invoke-Control backups -Body @{ restoreTime = 0.5; deleteTime = 0.5 }
        $null = Invoke-Control clock -Body @{ advanceSeconds = 1000 }
        $summary = Invoke-Recreate $case
        $summary.NotCarriedOver | Should -BeNullOrEmpty
        @(Get-RestoreRequest | Where-Object status -EQ 200).Count | Should -Be 1
        Assert-TableImage $case.Wanted (Get-TableImage $case.Table)
        Get-Settings $case.Table | Should -Be $before
    }

    It 'Ctrl+C <While>: says what stands, and the same command goes on' -Skip:$IsWindows -ForEach @(
        @{ While = 'while preparing'; Step = 'SettingsRecorded'; Slow = @{ DescribeBackup = @{ next = @('none', 'none'); chance = @{ hang = 1 } } }; Says = 'was stopped before anything was done to the table' }
        @{ While = 'while it is deleted'; Step = 'DeletionRequested'; Slow = @{}; Says = 'restore-table-from-backup' }
        @{ While = 'while it is restored'; Step = 'RestoreRequested'; Slow = @{}; Says = 'restore-table-from-backup' }
    ) {
        $case = New-RecreatedTable
        $null = Invoke-Control backups -Body @{ restoreTime = 900; deleteTime = $(if ($Step -eq 'DeletionRequested') { 900 } else { 0.5 }) }
        Set-Fault @{ operations = $Slow }
        $stopped = Invoke-Interrupted -Variable @{ connection = $connection; case = $case } -Until { Test-JournalStep $case.Journal $Step } -After 200 -Script (
            'Restore-DdbTableInPlace $case.Table -Method Recreate -BackupArn $case.Backup -JournalPath $case.Journal -Confirm:$false @connection')
        $stopped.State | Should -Be 'Stopped'
        "$($stopped.Said)" | Should -Match $Says
        "$($stopped.Said)" | Should -Match ([regex]::Escape($case.Journal))
        Set-Fault @{}
        $null = Invoke-Control clock -Body @{ advanceSeconds = 1000 }
        $null = Invoke-Control backups -Body @{ restoreTime = 0; deleteTime = 0 }
        $null = Invoke-Recreate $case
        Assert-TableImage $case.Wanted (Get-TableImage $case.Table)
    }
}
