# Every way a pipeline can end, without and with faults of the service. Whatever the ending: the counts add up, what was accepted is
# in the table or accounted for, and of each key the last accepted write is what is there.
BeforeDiscovery {
    $weathers = @(
        @{ Weather = 'a quiet service'; Chance = @{} }
        @{ Weather = 'a faulty service'; Chance = @{
                unprocessedSome = 0.15; throttled = 0.05; error500Before = 0.03; error500After = 0.03; error500Midway = 0.03
                cutBefore = 0.03; cutAfter = 0.03; cutMidway = 0.02; lateCut = 0.03
            }
        }
    )
}

BeforeAll {
    Set-StrictMode -Version Latest
    $ErrorActionPreference = 'Continue'
    Import-Module "$PSScriptRoot/DynamoBatch.TestHelpers.psm1"
    Import-Module (Get-ModulePath)
    $null = Start-LocalAws
    $connection = Get-Connection

    # The last version of each key among the first rows.
    function Get-LastVersions($Rows, [int] $First) {
        $last = @{}
        for ($i = 0; $i -lt $First; $i++) { $last[$Rows[$i].id] = $Rows[$i].v }
        $last
    }

    function Assert-Same([hashtable] $Stored, [hashtable] $Wanted) {
        $differ = @($Wanted.Keys | Where-Object { $Stored[$_] -ne $Wanted[$_] }) + @($Stored.Keys | Where-Object { -not $Wanted.ContainsKey($_) })
        $differ | Select-Object -First 5 | ForEach-Object { "${_}: stored '$($Stored[$_])', wanted '$($Wanted[$_])'" } | Should -BeNullOrEmpty
    }

    # After an ending that drains: all that was accepted is written, the last of each key, and nothing that came after.
    function Assert-Drained($Caught, $Rows, [string] $TableName, [int] $Refused = 0) {
        Wait-LateWrite
        $told = Get-ToldCounts ($Caught.Warnings + @($Caught.Ended))
        $told.NotSent | Should -Be 0
        $told.Unknown | Should -Be 0
        $told.Failed | Should -Be $Refused
        $told.Accepted | Should -BeGreaterThan 0
        Assert-Same (Get-StoredVersions $TableName) (Get-LastVersions $Rows ($told.Accepted - $Refused))
        $told
    }
}

AfterAll { Stop-LocalAws }

Describe 'With <Weather>' -ForEach $weathers {
    BeforeEach {
        $table = New-Table
        $rows = @(New-Rows 1500 -Keys 400)
        Reset-LocalAws
        $seed = Get-Random -Maximum 1000000
        Set-WriteFault $Chance -Seed $seed
    }
    AfterEach { Reset-LocalAws }

    It 'the end of the input: everything is written, the last of each key' {
        $summary = $rows | Write-DdbBatch $table @connection
        Wait-LateWrite
        Assert-Invariant $summary
        $summary.Accepted | Should -Be 1500
        $summary.Succeeded + $summary.Replaced | Should -Be 1500 -Because "seed $seed"
        Assert-Same (Get-StoredVersions $table) (Get-LastVersions $rows 1500)
        # Never two writes of one key at once.
        @((Get-ServerStats).keyViolations | Where-Object { $_ -and -not $_.sameBytes }) | Should -HaveCount 0 -Because "seed $seed"
    }

    It '-ErrorAction Stop: what came before is written' {
        $all = @($rows[0..699]) + [pscustomobject]@{ wrong = 1 } + @($rows[700..1499])
        $caught = Invoke-Caught { $all | Write-DdbBatch $table @connection -ErrorAction Stop }
        $caught.Ended | Should -Not -BeNullOrEmpty -Because "seed $seed"
        $caught.Ended.FullyQualifiedErrorId | Should -Match '^KeyAttributeMissing'
        $told = Assert-Drained $caught $rows $table -Refused 1
        $told.Accepted | Should -Be 701
    }

    It 'a throw downstream' {
        $caught = Invoke-Caught { $rows | Write-DdbBatch $table @connection -PassThru | ForEach-Object { if ($_.v -gt 300) { throw 'downstream' } } }
        "$($caught.Ended)" | Should -Be 'downstream' -Because "seed $seed"
        $told = Assert-Drained $caught $rows $table
        $told.Succeeded | Should -BeGreaterThan 0
    }

    # The warning of these two comes when PowerShell has let go of the command, so no -WarningVariable of its own holds it any more.
    It 'Select-Object -First' {
        $caught = Invoke-Caught { $rows | Write-DdbBatch $table @connection -PassThru | Select-Object -First 100 }
        $caught.Ended | Should -BeNullOrEmpty
        $caught.Output | Should -HaveCount 100
        $told = Assert-Drained $caught $rows $table
        $told.Succeeded + $told.Replaced | Should -Be $told.Accepted
    }

    It 'break' {
        $caught = Invoke-Caught {
            foreach ($round in 1..2) {
                $rows | Write-DdbBatch $table @connection -PassThru | ForEach-Object { if ($_.v -gt 200) { break } }
                'not reached'
            }
        }
        $caught.Ended | Should -BeNullOrEmpty
        $caught.Output | Should -HaveCount 0
        $caught.Warnings | Should -HaveCount 1
        $null = Assert-Drained $caught $rows $table
    }

    It 'a throw upstream' {
        $caught = Invoke-Caught { $rows | ForEach-Object { if ($_.v -eq 900) { throw 'upstream' } else { $_ } } | Write-DdbBatch $table @connection }
        "$($caught.Ended)" | Should -Be 'upstream' -Because "seed $seed"
        $told = Assert-Drained $caught $rows $table
        $told.Accepted | Should -Be 899
    }

    It '-MaxFailed: nothing more is sent, and what was not is accounted for' {
        $file = Join-Path $TestDrive "$table.jsonl"
        $all = @($rows[0..999]) + [pscustomobject]@{ wrong = 1 } + @($rows[1000..1499])
        $caught = Invoke-Caught { $all | Write-DdbBatch $table @connection -MaxFailed 0 -FailedItemPath $file }
        Wait-LateWrite
        $told = Get-ToldCounts $caught.Ended
        $told.Accepted | Should -Be 1001
        $told.Failed | Should -Be 1
        # What is stored is never newer than what was accepted, nor anything that was not.
        $given = @{}
        foreach ($row in $rows[0..999]) { $given["$($row.id)=$($row.v)"] = $true }
        $stored = Get-StoredVersions $table
        @($stored.Keys | Where-Object { -not $given.ContainsKey("$_=$($stored[$_])") }) | Should -HaveCount 0
        $lines = @(Get-Content $file | ConvertFrom-Json)
        @($lines | Where-Object Reason -eq 'NotSent').Count | Should -Be $told.NotSent
        # Each key: either its last write is there, or a line tells that it is not.
        $missing = @{}
        foreach ($line in $lines) { if ($line.Reason -ne 'KeyAttributeMissing') { $missing["$($line.Item.id.S)=$($line.Item.v.N)"] = $true } }
        $last = Get-LastVersions $rows 1000
        @($last.Keys | Where-Object { $stored[$_] -ne $last[$_] -and -not $missing.ContainsKey("$_=$($last[$_])") }) | Should -HaveCount 0 -Because "seed $seed"
    }

    It 'Ctrl+C in mid-run: ends soon, and the host tells counts that add up' {
        $file = Join-Path $TestDrive "$table.jsonl"
        # 200 items a second at most: where this thread or the pipeline's stalls, there is still something that was not sent.
        Set-WriteFault $Chance -Seed $seed -Latency 500
        $made = [hashtable]::Synchronized(@{ Count = 0 })
        $until = { $made.Count -gt 3900 -and @(Get-WriteRequests).Count -gt 16 }
        $stopped = Invoke-Interrupted -Variable @{ connection = $connection; table = $table; file = $file; made = $made } -Until $until -Script @'
& { while ($true) { $made.Count++; [pscustomobject]@{ id = "k$($made.Count)"; v = $made.Count } } } | Write-DdbBatch $table @connection -ThrottleLimit 4 -FailedItemPath $file
'@
        $stopped.State | Should -Be 'Stopped'
        $stopped | Assert-EndedSoon
        Wait-LateWrite
        $requests = (Get-ServerStats).operations.BatchWriteItem.requests
        Start-Sleep -Milliseconds 300
        # Nothing more is sent after it has ended.
        (Get-ServerStats).operations.BatchWriteItem.requests | Should -Be $requests
        $told = Get-ToldCounts $stopped.Said
        $told.Succeeded | Should -BeGreaterThan 0
        $told.NotSent | Should -BeGreaterThan 0
        $lines = @(Get-Content $file | ConvertFrom-Json)
        $lines.Count | Should -Be ($told.NotSent + $told.Unknown + $told.Failed)
        $stored = Get-StoredVersions $table
        $notSent = @($lines | Where-Object Reason -eq 'NotSent' | ForEach-Object { $_.Item.id.S })
        # All that is told as written is there; beyond it only what is Unknown, or sent before and never acknowledged.
        $named = [Collections.Generic.HashSet[string]] @($lines | ForEach-Object { $_.Item.id.S })
        @(1..$told.Accepted | Where-Object { -not $named.Contains("k$_") -and -not $stored.ContainsKey("k$_") }) | Should -HaveCount 0 -Because "seed $seed"
        if ($Chance.Count -eq 0) { @($notSent | Where-Object { $stored.ContainsKey($_) }) | Should -HaveCount 0 }
    }
}

Describe 'Ctrl+C elsewhere' {
    AfterEach { Reset-LocalAws }

    It 'while waiting for a table that is being created' {
        $table = New-Table
        Reset-LocalAws
        Set-Fault @{ tableStates = @{ $table = @{ state = 'CREATING' } } }
        $stopped = Invoke-Interrupted -Variable @{ connection = $connection; table = $table } -Until { (Get-ServerStats).requests -gt 1 } -Script (
            '@{ id = 1 } | Write-DdbBatch $table @connection')
        $stopped.State | Should -Be 'Stopped'
        $stopped | Assert-EndedSoon
    }

    It 'while no request is answered' {
        $table = New-Table
        Reset-LocalAws
        Set-WriteFault @{ hang = 1 }
        $stopped = Invoke-Interrupted -Variable @{ connection = $connection; table = $table } -Until { @(Get-WriteRequests).Count -gt 0 } -Script (
            '1..30 | ForEach-Object { @{ id = "$_" } } | Write-DdbBatch $table @connection')
        $stopped | Assert-EndedSoon
        $told = Get-ToldCounts $stopped.Said
        $told.Succeeded | Should -Be 0
        # They may have landed: nobody knows.
        $told.Unknown | Should -BeGreaterThan 0
    }

    It 'while everything is throttled' {
        $table = New-Table
        Reset-LocalAws
        Set-WriteFault @{ throttled = 1 }
        $taken = [hashtable]::Synchronized(@{ All = $false })
        $stopped = Invoke-Interrupted -Variable @{ connection = $connection; table = $table; taken = $taken } -Until { $taken.All -and @(Get-WriteRequests).Count -gt 2 } -Script (
            '& { 1..100 | ForEach-Object { @{ id = "$_" } }; $taken.All = $true } | Write-DdbBatch $table @connection')
        $stopped | Assert-EndedSoon
        $told = Get-ToldCounts $stopped.Said
        $told.NotSent + $told.Unknown | Should -Be 100
        # Requests in flight have 3 s: what is answered within them is known.
        if ($stopped.Took.TotalSeconds -lt 3) { $told.Unknown | Should -Be 0 }
    }

    It 'while the pipeline before it sleeps, and what was taken is accounted for' {
        $table = New-Table
        Reset-LocalAws
        $taken = [hashtable]::Synchronized(@{ All = $false })
        $stopped = Invoke-Interrupted -Variable @{ connection = $connection; table = $table; taken = $taken } -Until { $taken.All } -After 300 -Script (
            '& { 1..30 | ForEach-Object { @{ id = "$_" } }; $taken.All = $true; Start-Sleep 60 } | Write-DdbBatch $table @connection')
        $stopped | Assert-EndedSoon
        $told = Get-ToldCounts $stopped.Said
        $told.Accepted | Should -Be 30
        Get-StoredCount $table | Should -BeIn ($told.Succeeded..($told.Succeeded + $told.Unknown))
    }

    It 'while the pipeline behind it sleeps' {
        $table = New-Table
        Reset-LocalAws
        $given = [hashtable]::Synchronized(@{ One = $false })
        $stopped = Invoke-Interrupted -Variable @{ connection = $connection; table = $table; given = $given } -Until { $given.One } -After 300 -Script (
            '1..300 | ForEach-Object { @{ id = "$_" } } | Write-DdbBatch $table @connection -PassThru | ForEach-Object { $given.One = $true; Start-Sleep 60 }')
        $stopped | Assert-EndedSoon
        $null = Get-ToldCounts $stopped.Said
    }

    It 'leaves the module fit for the next run' {
        $table = New-Table
        (New-Rows 30 | Write-DdbBatch $table @connection).Succeeded | Should -Be 30
    }
}

Describe 'Endings of a session' {
    It 'under $ErrorActionPreference = Stop a script ends at the first bad item, and what came before is written' {
        $table = New-Table
        $rows = @(New-Rows 50)
        $caught = Invoke-Caught {
            $ErrorActionPreference = 'Stop'
            $rows + [pscustomobject]@{ wrong = 1 } | Write-DdbBatch $table @connection
            'not reached'
        }
        $caught.Output | Should -HaveCount 0
        $caught.Ended.FullyQualifiedErrorId | Should -Match '^KeyAttributeMissing'
        Get-StoredCount $table | Should -Be 50
    }

    It 'a pipeline of two tables ends both' {
        $one = New-Table
        $two = New-Table
        $rows = @(New-Rows 200)
        $both = $rows | Write-DdbBatch $one @connection -PassThru | Write-DdbBatch $two @connection -PassThru
        $both | Should -HaveCount 200
        Get-StoredCount $one | Should -Be 200
        Get-StoredCount $two | Should -Be 200
    }

    It 'an early end of the second of two is an early end of the first' {
        $one = New-Table
        $two = New-Table
        # Without an end of its own, the input cannot be through before the second one answers.
        $caught = Invoke-Caught {
            & { for ($i = 0; ; $i++) { @{ id = "$i" } } } | Write-DdbBatch $one @connection -PassThru | Write-DdbBatch $two @connection -PassThru | ForEach-Object { throw 'end' }
        }
        "$($caught.Ended)" | Should -Be 'end'
        $caught.Warnings.Count | Should -Be 2
        foreach ($warning in $caught.Warnings) { $null = Get-ToldCounts $warning }
    }
}

Describe 'Faults one by one' {
    AfterEach { Reset-LocalAws }

    It '<_> loses nothing' -ForEach 'unprocessedSome', 'unprocessedAll', 'throttled', 'error500Before', 'error500After', 'error500Midway', 'error503After',
        'cutBefore', 'cutAfter', 'cutMidway', 'truncatedAnswer', 'garbledAnswer', 'lateCut', 'lateError500' {
        $table = New-Table
        $rows = @(New-Rows 100)
        Set-WriteFault -Next (@($_) * 3)
        $summary = $rows | Write-DdbBatch $table @connection
        Wait-LateWrite
        Assert-Invariant $summary
        $summary.Succeeded | Should -Be 100
        $summary.Retries | Should -BeGreaterThan 0
        if ($_ -in 'throttled', 'unprocessedSome', 'unprocessedAll') { $summary.Throttles | Should -BeGreaterThan 0 }
        Assert-Same (Get-StoredVersions $table) (Get-LastVersions $rows 100)
    }

    It 'a later write of a key never lands before a late one of it' {
        $table = New-Table
        $rows = @(New-Rows 30) + @(New-Rows 30 -First 1001)
        Set-WriteFault -Next 'lateCut', 'lateCut' -More @{ lateMin = 300; lateMax = 900 }
        $summary = & { $rows[0..29]; Start-Sleep -Milliseconds 500; $rows[30..59] } | Write-DdbBatch $table @connection
        Wait-LateWrite
        Assert-Invariant $summary
        Assert-Same (Get-StoredVersions $table) (Get-LastVersions $rows 60)
    }
}
