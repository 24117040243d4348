# -CheckpointPath: the same command over the same input goes on where it was ended, whatever ended it.

BeforeAll {
    Import-Module "$PSScriptRoot/DynamoBatch.TestHelpers.psm1" -Force
    Import-Module (Get-ModulePath) -Force
    $null = Start-LocalAws
    $connection = Get-Connection

    # Some requests are answered, slowly; then no more: a run that is to be killed cannot end first, however late this process notices.
    function Set-EndlessFault([string] $Operation, [int] $Answered) {
        Set-Fault @{ operations = @{ $Operation = @{ latency = 20; next = @('none') * $Answered; chance = @{ hang = 0.5; hangAfter = 0.5 } } } }
    }

    # Requests that are never answered.
    function Get-HungCount {
        ((Get-ServerStats).operations.PSObject.Properties.Value | ForEach-Object { $_.faults.PSObject.Properties } | Where-Object Name -Like 'hang*' | Measure-Object Value -Sum).Sum
    }

    # Runs a pipeline in a PowerShell of its own and kills that once its checkpoint has grown so long, or it is answered no more.
    function Invoke-Killed {
        param([string] $Script, [string] $Path, [long] $Length)
        $code = "`$ErrorActionPreference = 'SilentlyContinue'; Import-Module '$(Get-ModulePath)'; $Script"
        $start = [Diagnostics.ProcessStartInfo]::new([Environment]::ProcessPath)
        '-NoProfile', '-EncodedCommand', [Convert]::ToBase64String([Text.Encoding]::Unicode.GetBytes($code)) | ForEach-Object { $start.ArgumentList.Add($_) }
        $start.RedirectStandardOutput = $true
        $start.RedirectStandardError = $true
        $hung = Get-HungCount
        $process = [Diagnostics.Process]::Start($start)
        $null = $process.StandardOutput.ReadToEndAsync()
        $null = $process.StandardError.ReadToEndAsync()
        $deadline = [DateTime]::UtcNow.AddSeconds(180)
        while (-not $process.HasExited) {
            if (((Test-Path $Path) -and (Get-Item $Path).Length -ge $Length) -or (Get-HungCount) -gt $hung -or [DateTime]::UtcNow -gt $deadline) { $process.Kill(); break }
            Start-Sleep -Milliseconds 5
        }
        $process.WaitForExit()
        $killed = $process.ExitCode -ne 0 -and [DateTime]::UtcNow -le $deadline
        $process.Dispose()
        Wait-LateWrite
        $killed
    }

    # The connection as text, for a script in another process.
    $there = "-EndpointUrl $($connection.EndpointUrl) -AccessKey local -SecretKey local -Region us-east-1"

    function New-CheckpointPath { Join-Path $TestDrive "$([guid]::NewGuid().ToString('N')).ckpt" }
}

AfterAll { Stop-LocalAws }

Describe 'A killed run' {
    It 'is resumed: the final content is right, and what is sent twice was in flight' {
        $table = New-Table
        $path = New-CheckpointPath
        $csv = Join-Path $TestDrive 'load.csv'
        $rows = @(New-Rows 12000 -Keys 9000)
        $rows | Export-Csv $csv
        $kills = 0
        foreach ($length in 2000, 4200, 6500) {
            Set-EndlessFault BatchWriteItem 110
            if (Invoke-Killed "Import-Csv '$csv' | Write-DdbBatch $table -AttributeType @{ v = 'N' } -CheckpointPath '$path' $there" $path $length) { $kills++ }
        }
        $kills | Should -Be 3
        Set-Fault @{}
        $summary = Import-Csv $csv | Write-DdbBatch $table -AttributeType @{ v = 'N' } -CheckpointPath $path @connection
        Assert-Invariant $summary
        $summary.Accepted | Should -Be 12000
        $summary.Skipped | Should -BeGreaterThan 1000
        $summary.Succeeded + $summary.Replaced + $summary.Skipped | Should -Be 12000
        $expected = @{}
        foreach ($row in $rows) { $expected[$row.id] = $row.v }
        $stored = Get-StoredVersions $table
        $stored.Count | Should -Be 9000
        @($stored.Keys | Where-Object { $stored[$_] -ne $expected[$_] }).Count | Should -Be 0
        $sent = 0
        (Invoke-Control keys -Method Get).writes.PSObject.Properties | Where-Object Name -Like "$table *" | ForEach-Object { $sent += $_.Value }
        # At most 64 requests of 25 at each kill.
        $sent | Should -BeLessOrEqual (12000 + 3 * 64 * 25)
        Reset-LocalAws
    }

    It 'does not count a counter twice: what was in flight is told as unknown, once more in each run' {
        $table = New-Table
        $path = New-CheckpointPath
        $rows = @(New-Rows 400 | Select-Object id)
        $rows | Write-DdbBatch $table @connection | Out-Null
        Set-EndlessFault UpdateItem 100
        $script = "1..400 | ForEach-Object { [pscustomobject]@{ id = `"k`$(`$_ - 1)`" } } | Update-DdbBatch $table -Increment @{ n = 1 } -CheckpointPath '$path' $there"
        Invoke-Killed $script $path 3000 | Should -BeTrue
        Reset-LocalAws
        $caught = Invoke-Caught { $rows | Update-DdbBatch $table -Increment @{ n = 1 } -CheckpointPath $path @connection }
        $summary = $caught.Output[0]
        Assert-Invariant $summary
        $summary.Unknown | Should -BeGreaterThan 0
        $summary.Succeeded + $summary.Skipped + $summary.Unknown | Should -Be 400
        $caught.Errors.Count | Should -Be $summary.Unknown
        $caught.Errors | ForEach-Object { $_.FullyQualifiedErrorId | Should -BeLike 'OutcomeUnknown,*' }
        $counted = 0
        foreach ($item in Get-StoredItems $table) { if ($item.Contains('n')) { [int] $item.n.N | Should -Be 1; $counted++ } }
        $counted | Should -BeGreaterOrEqual ($summary.Succeeded + $summary.Skipped)
        $again = $rows | Update-DdbBatch $table -Increment @{ n = 1 } -CheckpointPath $path -ErrorAction SilentlyContinue @connection
        $again.Unknown | Should -Be $summary.Unknown
        $again.Skipped | Should -Be (400 - $summary.Unknown)
    }

    It 'counts exactly with -ExactlyOnce, and leaves nothing unknown' {
        $table = New-Table
        $path = New-CheckpointPath
        $rows = @(New-Rows 400 | Select-Object id)
        $rows | Write-DdbBatch $table @connection | Out-Null
        Set-EndlessFault TransactWriteItems 100
        $script = "1..400 | ForEach-Object { [pscustomobject]@{ id = `"k`$(`$_ - 1)`" } } | Update-DdbBatch $table -Increment @{ n = 1 } -ExactlyOnce -CheckpointPath '$path' $there"
        Invoke-Killed $script $path 3000 | Should -BeTrue
        Reset-LocalAws
        $summary = $rows | Update-DdbBatch $table -Increment @{ n = 1 } -ExactlyOnce -CheckpointPath $path @connection
        $summary.Succeeded + $summary.Skipped | Should -Be 400
        foreach ($item in Get-StoredItems $table) { [int] $item.n.N | Should -Be 1 }
    }

    It 'does not take its own first sending for another item with -NoClobber' {
        $table = New-Table
        $path = New-CheckpointPath
        $rows = @(New-Rows 2000)
        Set-EndlessFault BatchExecuteStatement 40
        $script = "`$i = 0; 1..2000 | ForEach-Object { [pscustomobject]@{ id = `"k`$i`"; v = ++`$i } } | Write-DdbBatch $table -NoClobber -CheckpointPath '$path' $there"
        Invoke-Killed $script $path 3000 | Should -BeTrue
        Reset-LocalAws
        $summary = $rows | Write-DdbBatch $table -NoClobber -CheckpointPath $path @connection
        $summary.Failed | Should -Be 0
        $summary.Succeeded + $summary.Skipped | Should -Be 2000
        Get-StoredCount $table | Should -Be 2000
    }
}

Describe 'A run with -CheckpointPath' {
    BeforeEach {
        $table = New-Table
        $path = New-CheckpointPath
    }

    It 'waits at its start for what a killed run may still have on its way, however long nothing came from that' {
        Set-WriteFault -Next LateHang -More @{ lateMin = 1500; lateMax = 1500 }
        $code = "Import-Module '$(Get-ModulePath)'; [pscustomobject]@{ id = 'a'; v = 1 } | Write-DdbBatch $table -CheckpointPath '$path' $there"
        $start = [Diagnostics.ProcessStartInfo]::new([Environment]::ProcessPath)
        '-NoProfile', '-EncodedCommand', [Convert]::ToBase64String([Text.Encoding]::Unicode.GetBytes($code)) | ForEach-Object { $start.ArgumentList.Add($_) }
        $process = [Diagnostics.Process]::Start($start)
        $deadline = [DateTime]::UtcNow.AddSeconds(60)
        while (-not (Get-WriteRequests) -and [DateTime]::UtcNow -lt $deadline) { Start-Sleep -Milliseconds 5 }
        $process.Kill()
        $process.WaitForExit()
        (Get-Item $path).LastWriteTimeUtc = [DateTime]::UtcNow.AddMinutes(-1)
        $rows = 1, 2 | ForEach-Object { [pscustomobject]@{ id = 'a'; v = $_ } }
        $rows | Write-DdbBatch $table -CheckpointPath $path @connection | Out-Null
        Wait-LateWrite
        Reset-LocalAws
        (Get-StoredItem $table 'a').v.N | Should -Be 2
    }

    It 'counts and files in an early ending nothing as not sent that is known to be done' {
        $rows = @(New-Rows 10)
        $rows[0].v = { 1 }
        $rows | Write-DdbBatch $table -CheckpointPath $path -ErrorAction SilentlyContinue @connection | Out-Null
        $failed = Join-Path $TestDrive "$([guid]::NewGuid().ToString('N')).jsonl"
        $caught = Invoke-Caught { $rows | Write-DdbBatch $table -CheckpointPath $path -FailedItemPath $failed -ErrorAction Stop @connection }
        $counts = Get-ToldCounts $caught.Warnings
        $counts.Failed | Should -Be 1
        $counts.Skipped | Should -Be 9
        @(Get-Content $failed).Count | Should -Be 1
    }

    It 'skips all where all is done, and takes what was added at the end' {
        $rows = @(New-Rows 300 -Keys 200)
        ($rows | Write-DdbBatch $table -CheckpointPath $path @connection).Accepted | Should -Be 300
        $again = $rows + @(New-Rows 5 -Prefix new) | Write-DdbBatch $table -CheckpointPath $path @connection
        Assert-Invariant $again
        $again.Skipped | Should -Be 300
        $again.Succeeded | Should -Be 5
    }

    It 'shows what it skipped in the summary, so that the accounts add up on the screen' {
        $rows = @(New-Rows 30)
        $null = $rows[0..19] | Write-DdbBatch $table -CheckpointPath $path @connection
        $summary = $rows | Write-DdbBatch $table -CheckpointPath $path @connection
        "$summary" | Should -BeLike '*, not sent 0, skipped 20'
        ($summary | Out-String -Width 80) -replace "`e\[[\d;]*m" | Should -Match '(?s)30 +10 .*\(20 skipped\)'
    }

    It 'retries what failed, also where it was corrected' {
        $rows = @(New-Rows 100)
        $rows[10].v = { 1 }
        $rows[99].id = ''
        $first = $rows | Write-DdbBatch $table -CheckpointPath $path -ErrorAction SilentlyContinue @connection
        $first.Failed | Should -Be 2
        $rows[10].v = 1
        $rows[99].id = 'last'
        $second = $rows | Write-DdbBatch $table -CheckpointPath $path @connection
        $second.Succeeded | Should -Be 2
        $second.Skipped | Should -Be 98
        Get-StoredCount $table | Should -Be 100
    }

    It 'does not send an older failed write over a newer one' {
        $rows = @([pscustomobject]@{ id = 'a'; v = { 1 } }, [pscustomobject]@{ id = 'a'; v = 2 })
        $null = $rows | Write-DdbBatch $table -CheckpointPath $path -ErrorAction SilentlyContinue @connection
        $rows[0].v = 1
        $second = $rows | Write-DdbBatch $table -CheckpointPath $path @connection
        $second.Replaced | Should -Be 1
        $second.Skipped | Should -Be 1
        (Get-StoredVersions $table).a | Should -Be 2
    }

    It 'goes on after Select-Object -First, and after an error that stops' {
        $rows = @(New-Rows 500)
        $null = $rows | Write-DdbBatch $table -CheckpointPath $path -PassThru -WarningAction SilentlyContinue @connection | Select-Object -First 10
        $second = $rows | Write-DdbBatch $table -CheckpointPath $path @connection
        $second.Accepted | Should -Be 500
        $second.Skipped | Should -BeGreaterOrEqual 10
        Get-StoredCount $table | Should -Be 500
    }

    It 'refuses <What>, and sends nothing' -ForEach @(
        @{ What = 'a changed input'; Id = 'CheckpointInputChanged'; Change = { param($rows) $rows[70].v = -1; $rows }; More = @{} }
        @{ What = 'a shorter input'; Id = 'CheckpointInputChanged'; Change = { param($rows) $rows[0..80] }; More = @{} }
        @{ What = 'a sorted input'; Id = 'CheckpointInputChanged'; Change = { param($rows) $rows | Sort-Object id }; More = @{} }
        @{ What = 'other parameters'; Id = 'CheckpointOtherCommand'; Change = { param($rows) $rows }; More = @{ InferType = $true } }
    ) {
        $null = New-Rows 100 | Write-DdbBatch $table -CheckpointPath $path @connection
        Reset-LocalAws
        $rows = & $Change (New-Rows 100)
        $caught = Invoke-Caught { $rows | Write-DdbBatch $table -CheckpointPath $path @More @connection }
        $caught.Ended.FullyQualifiedErrorId | Should -BeLike "$Id,*"
        @(Get-WriteRequests).Count | Should -Be 0
    }

    It 'refuses another table, and one that was made anew under its name' {
        $null = New-Rows 10 | Write-DdbBatch $table -CheckpointPath $path @connection
        $other = New-Table
        { New-Rows 10 | Write-DdbBatch $other -CheckpointPath $path @connection } | Should -Throw -ErrorId 'CheckpointOtherCommand,*'
        $null = Invoke-Control backups -Body @{ deleteTime = 0 }
        $null = Invoke-Ddb DeleteTable @{ TableName = $table }
        $null = New-Table -Name $table
        # In another process: a schema is kept for a minute.
        $answer = & ([Environment]::ProcessPath) -NoProfile -Command "Import-Module '$(Get-ModulePath)'; try { 1..10 | ForEach-Object { [pscustomobject]@{ id = `"k`$(`$_ - 1)`"; v = `$_ } } | Write-DdbBatch $table -CheckpointPath '$path' $there } catch { `$_.FullyQualifiedErrorId }"
        $answer | Should -BeLike 'CheckpointOtherTable,*'
        Get-StoredCount $table | Should -Be 0
    }

    It 'goes on at the same endpoint, however that is written' {
        $null = New-Rows 10 | Write-DdbBatch $table -CheckpointPath $path @connection
        $slash = $connection.Clone()
        $slash.EndpointUrl += '/'
        (New-Rows 10 | Write-DdbBatch $table -CheckpointPath $path @slash).Skipped | Should -Be 10
    }

    It 'says which parameter is another, also where one run is without it' {
        $null = New-Rows 10 | Write-DdbBatch $table -InferType -CheckpointPath $path @connection
        { New-Rows 10 | Write-DdbBatch $table -CheckpointPath $path @connection } | Should -Throw "*was begun with -InferType 'on'; this run is without it.*"
        { New-Rows 10 | Write-DdbBatch $table -InferType -EmptyString Omit -CheckpointPath $path @connection } | Should -Throw "*was begun without -EmptyString; this run has 'Omit'.*"
    }

    It 'refuses a file that is no checkpoint, a folder that is not there, and one that another run has' {
        Set-Content $path 'id,v'
        { New-Rows 1 | Write-DdbBatch $table -CheckpointPath $path @connection } | Should -Throw -ErrorId 'CheckpointNotACheckpoint,*'
        Get-Content $path | Should -Be 'id,v'
        { New-Rows 1 | Write-DdbBatch $table -CheckpointPath (Join-Path $path 'x.ckpt') @connection } | Should -Throw -ErrorId 'CheckpointNotUsable,*'
        $held = New-CheckpointPath
        $stream = [IO.File]::Open($held, 'OpenOrCreate', 'ReadWrite', 'None')
        try { { New-Rows 1 | Write-DdbBatch $table -CheckpointPath $held @connection } | Should -Throw -ErrorId 'CheckpointNotUsable,*' }
        finally { $stream.Dispose() }
    }

    It 'refuses to be the file of -FailedItemPath too, and stays as it was' {
        $rows = @(New-Rows 30)
        $null = $rows | Write-DdbBatch $table -CheckpointPath $path @connection
        $before = Get-Content $path -Raw
        { $rows | Write-DdbBatch $table -CheckpointPath $path -FailedItemPath $path -Force @connection } | Should -Throw -ErrorId 'FailedItemPathNotUsable,*'
        { $rows | Write-DdbBatch $table -CheckpointPath $path -FailedItemPath $path -Append @connection } | Should -Throw -ErrorId 'FailedItemPathNotUsable,*'
        Get-Content $path -Raw | Should -Be $before
    }

    It 'makes no file for -WhatIf' {
        (New-Rows 3 | Write-DdbBatch $table -CheckpointPath $path -WhatIf @connection).Planned | Should -Be 3
        & { $WhatIfPreference = $true; New-Rows 3 | Write-DdbBatch $table -CheckpointPath $path @connection } | Should -Not -BeNullOrEmpty
        Test-Path $path | Should -BeFalse
    }

    It 'works for several tables, and for deletes' {
        $second = New-Table
        $rows = @(New-Rows 200 | ForEach-Object { $_ | Add-Member -PassThru table @($table, $second)[$_.v % 2] })
        $null = $rows | Write-DdbBatch -TableNameProperty table -CheckpointPath $path @connection
        $again = @($rows | Write-DdbBatch -TableNameProperty table -CheckpointPath $path @connection)
        ($again | Measure-Object Skipped -Sum).Sum | Should -Be 200
        $deletes = New-CheckpointPath
        $null = $rows | Remove-DdbBatch -TableNameProperty table -CheckpointPath $deletes @connection
        $null = New-Rows 1 | Write-DdbBatch $second @connection
        $last = @($rows | Remove-DdbBatch -TableNameProperty table -CheckpointPath $deletes @connection)
        ($last | Measure-Object Skipped -Sum).Sum | Should -Be 200
        Get-StoredCount $second | Should -Be 1
    }
}
