# Restore-DdbTableInPlace that is killed or stopped: the same command goes on, without a second restore, and ends right.

BeforeDiscovery {
    $seed = if ($env:DYNAMOBATCH_SEED) { [int] $env:DYNAMOBATCH_SEED } else { 4711 }
    $random = [Random]::new($seed)
    $moments = @(1..5 | ForEach-Object { @{ Seed = $seed; Number = $_; After = $random.Next(0, 2500) } })
}

BeforeAll {
    Import-Module "$PSScriptRoot/DynamoBatch.TestHelpers.psm1" -Force
    Import-Module (Get-ModulePath) -Force
    $null = Start-RestoreAws
    $connection = Get-Connection

    # 200 items of which 30 vanish and 30 change, and 30 that are added.
    function New-DamagedTable {
        $table = New-RestoreTable 200
        $wanted = Get-TableImage $table
        $t0 = New-Moment
        Remove-StoredItem $table @(0..29 | ForEach-Object { "k$_" })
        Set-StoredItem $table @(30..59 | ForEach-Object { @{ id = @{ S = "k$_" }; v = @{ N = "$_" }; name = @{ S = 'BAD' }; bad = @{ BOOL = $true } } })
        Set-StoredItem $table @(0..29 | ForEach-Object { @{ id = @{ S = "new$_" }; v = @{ N = '0' } } })
        Reset-LocalAws
        [pscustomobject]@{ Table = $table; Wanted = $wanted; Time = $t0; Journal = New-JournalPath }
    }

    # The command in another process, slowed down by a small -ThrottleLimit.
    function Start-Restore($Damaged, [string] $More = '') {
        Start-Shell ("Restore-DdbTableInPlace $($Damaged.Table) -PointInTime ([DateTime]::new($($Damaged.Time.Ticks), 'Utc')) -JournalPath '$($Damaged.Journal)' -Confirm:`$false -ThrottleLimit 4 " +
            "-EndpointUrl $($connection.EndpointUrl) -AccessKey local -SecretKey local -Region us-east-1 $More")
    }

    function Complete-Restore($Damaged, [hashtable] $More = @{}) {
        Invoke-Restore $Damaged.Table (@{ PointInTime = $Damaged.Time; JournalPath = $Damaged.Journal; WarningAction = 'SilentlyContinue' } + $More)
    }

    $never = @{ chance = @{ hang = 1 } }
    $slowWrites = @{ UpdateItem = @{ latency = 60 }; DeleteItem = @{ latency = 60 }; BatchExecuteStatement = @{ latency = 200 } }
}

AfterAll { Stop-LocalAws }

Describe 'A killed restore' -Skip:$IsWindows {
    AfterEach {
        Reset-LocalAws
        $null = Invoke-Control backups -Body @{ restoreTime = 0; deleteTime = 0 }
    }

    It 'goes on where it was killed at each step in turn, with one restore in all' {
        $damaged = New-DamagedTable
        $null = Invoke-Control backups -Body @{ restoreTime = 2; deleteTime = 1 }
        foreach ($step in 'SourceResolved', 'ScratchRequested', 'ScratchReady', 'Staged', 'ScratchDropped', 'Confirmed', 'Applied') {
            # It can reach the step, and never its end, however late this process notices.
            $after = if ($step -in 'Confirmed', 'Applied') { $slowWrites + @{ BatchGetItem = $never } } else { @{ Scan = @{ latency = 300 }; UpdateItem = $never; DeleteItem = $never; BatchExecuteStatement = $never } }
            Set-Fault @{ operations = $after }
            # A step that the run before had reached already is none to wait for.
            if (Test-JournalStep $damaged.Journal $step) { continue }
            Stop-ShellWhen (Start-Restore $damaged) { Test-JournalStep $damaged.Journal $step } | Should -BeTrue -Because "it was to be killed at $step"
        }
        Set-Fault @{}
        $summary = Complete-Restore $damaged
        Assert-RestoreAccounts $summary
        $summary.Changes, $summary.Put, $summary.Updated, $summary.Deleted | Should -Be 90, 30, 30, 30
        @(Get-RestoreRequest).Count | Should -Be 1
        Reset-LocalAws
        Assert-TableImage $damaged.Wanted (Get-TableImage $damaged.Table)
        Get-ScratchTable $damaged.Table | Should -BeNullOrEmpty
    }

    It 'ends right after a kill <After> ms after its beginning, with lost answers and late writes (moment <Number> of seed <Seed>)' -ForEach $moments {
        $damaged = New-DamagedTable
        $null = Invoke-Control backups -Body @{ restoreTime = 0.5; deleteTime = 0.2 }
        $late = @{ chance = @{ cutAfter = 0.1; lateCut = 0.1; error500After = 0.05 }; latency = 40; lateMin = 300; lateMax = 1500 }
        Set-Fault @{ seed = $Seed + $Number; operations = @{ UpdateItem = $late; DeleteItem = $late; BatchExecuteStatement = $late
                RestoreTableToPointInTime = @{ next = @('cutAfter') }; DeleteTable = @{ next = @('cutAfter') } } }
        $clock = [Diagnostics.Stopwatch]::new()
        $null = Stop-ShellWhen (Start-Restore $damaged) { if (-not $clock.IsRunning -and (Test-Path $damaged.Journal)) { $clock.Start() }; $clock.ElapsedMilliseconds -ge $After }
        # What it had on its way may still land, also after this run has begun.
        if (-not (Test-JournalStep $damaged.Journal 'Completed')) {
            $summary = Complete-Restore $damaged
            Assert-RestoreAccounts $summary
            $summary.Conflicts + $summary.Failed + $summary.Unknown + $summary.NotSent | Should -Be 0
        }
        Wait-LateWrite
        @(Get-RestoreRequest).Count | Should -Be 1
        Reset-LocalAws
        Assert-TableImage $damaged.Wanted (Get-TableImage $damaged.Table)
        Get-ScratchTable $damaged.Table | Should -BeNullOrEmpty
    }

    It 'files in the undo file every image that it overwrote or deleted, also of the killed run' {
        $damaged = New-DamagedTable
        $before = Get-TableImage $damaged.Table
        Set-Fault @{ operations = @{ UpdateItem = @{ latency = 60 }; BatchExecuteStatement = @{ latency = 200 }; DeleteItem = @{ latency = 60; next = @('none') * 6; chance = @{ hang = 1 } } } }
        Stop-ShellWhen (Start-Restore $damaged) { @(Get-Mutation $damaged.Table).Count -ge 12 } | Should -BeTrue
        Reset-LocalAws
        $summary = Complete-Restore $damaged
        $undone = @(Get-Content $summary.UndoPath | ForEach-Object { ConvertTo-Canonical (ConvertFrom-Json $_ -AsHashtable -DateKind String) } | Sort-Object -Unique)
        $undone.Count | Should -Be 60
        foreach ($image in $before.Values | Where-Object { $_ -match 'BAD|new' }) { $undone | Should -Contain $image }
    }
}

Describe 'Ctrl+C' {
    AfterEach {
        Reset-LocalAws
        $null = Invoke-Control backups -Body @{ restoreTime = 0; deleteTime = 0 }
    }

    BeforeDiscovery { $throttled = @{ chance = @{ throttled = 1 } } }

    It 'while <While>: says where the journal is, and the same command goes on' -Skip:$IsWindows -ForEach @(
        @{ While = 'restoring'; Step = 'ScratchRequested'; Slow = @{}; Untouched = $true }
        @{ While = 'comparing'; Step = 'ScratchReady'; Slow = @{ Scan = @{ chance = @{ hang = 1 } } }; Untouched = $true }
        @{ While = 'dropping the scratch table'; Step = 'Staged'; Slow = @{ DeleteTable = @{ chance = @{ hang = 1 } } }; Untouched = $true }
        @{ While = 'writing'; Step = 'Confirmed'; Slow = @{ UpdateItem = @{ latency = 600 }; DeleteItem = @{ chance = @{ hang = 1 } }; BatchExecuteStatement = @{ latency = 600 } } }
        # Keys are looked up to compare, too: what reads back hangs once the difference is filed, and until then nothing is written.
        @{ While = 'reading back'; Step = 'Applied'; Slow = @{ UpdateItem = $throttled; DeleteItem = $throttled; BatchExecuteStatement = $throttled }; OnceStaged = @{ BatchGetItem = @{ chance = @{ hang = 1 } } } }
    ) {
        $damaged = New-DamagedTable
        $null = Invoke-Control backups -Body @{ restoreTime = $(if ($Step -eq 'ScratchRequested') { 900 } else { 0 }) }
        Set-Fault @{ operations = $Slow }
        $next = @{ Faults = $_['OnceStaged'] }
        $until = {
            if ($next.Faults -and (Test-JournalStep $damaged.Journal 'Staged')) { Set-Fault @{ operations = $next.Faults }; $next.Faults = $null }
            Test-JournalStep $damaged.Journal $Step
        }
        $stopped = Invoke-Interrupted -Variable @{ connection = $connection; table = $damaged.Table; time = $damaged.Time; journal = $damaged.Journal } -Until $until -After 100 -Script (
            'Restore-DdbTableInPlace $table -PointInTime $time -JournalPath $journal -Confirm:$false -ThrottleLimit 4 @connection')
        $stopped.State | Should -Be 'Stopped'
        $stopped.Output | Should -BeNullOrEmpty
        "$($stopped.Said)" | Should -Match "The restore of table '$($damaged.Table)' was stopped.*The same command goes on from there.*$([regex]::Escape($damaged.Journal))"
        if ($Untouched) { Get-Mutation $damaged.Table | Should -BeNullOrEmpty; "$($stopped.Said)" | Should -Match 'the table is untouched' }
        Set-Fault @{}
        $null = Invoke-Control backups -Body @{ restoreTime = 0 }
        $null = Invoke-Control clock -Body @{ advanceSeconds = 1000 }
        $summary = Complete-Restore $damaged
        Assert-RestoreAccounts $summary
        $summary.Put, $summary.Updated, $summary.Deleted | Should -Be 30, 30, 30
        @(Get-RestoreRequest).Count | Should -Be 1
        Assert-TableImage $damaged.Wanted (Get-TableImage $damaged.Table)
        Get-ScratchTable $damaged.Table | Should -BeNullOrEmpty
    }
}
