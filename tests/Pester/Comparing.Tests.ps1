# Compare-DdbTable as users see it.
BeforeAll {
    Set-StrictMode -Version Latest
    $ErrorActionPreference = 'Continue'
    Import-Module "$PSScriptRoot/DynamoBatch.TestHelpers.psm1"
    Import-Module (Get-ModulePath)
    $null = Start-LocalAws
    $connection = Get-Connection

    # Items u1 to u300. The second table lacks u7, has v1 in addition, and other numbers in u9 and u10, which is another tenant's there.
    $before = New-Table
    $after = New-Table
    $null = 1..300 | ForEach-Object {
        @{ id = "u$_"; v = $_; tenant = "t$($_ % 2)"; tags = [Collections.Generic.HashSet[string]] @('x', 'y') }
    } | Write-DdbBatch $before @connection
    $null = 1..300 | Where-Object { $_ -ne 7 } | ForEach-Object {
        @{ tags = [Collections.Generic.HashSet[string]] @('y', 'x'); id = "u$_"; v = $(if ($_ -in 9, 10) { 1000 } else { [decimal] "$_.0" }); tenant = "t$(if ($_ -eq 10) { 1 } else { $_ % 2 })" }
    } | Write-DdbBatch $after @connection
    $null = @{ id = 'v1'; v = 1; tenant = 't0' } | Write-DdbBatch $after @connection

    # Each difference as text.
    function Get-Told { process { '{0} {1} {2}' -f $_.Key.id, $_.SideIndicator, ($_.Property -join ',') } }
}

AfterAll { Stop-LocalAws }

Describe 'Compare-DdbTable' {
    BeforeEach { Reset-LocalAws }

    It 'tells each difference once, and neither the spelling of numbers nor the order of sets' {
        Compare-DdbTable $before $after @connection | Get-Told | Sort-Object | Should -Be 'u10 <> tenant,v', 'u7 <= ', 'u9 <> v', 'v1 => '
    }

    It 'gives both items as Read-DdbTable gives them, and nothing where there is none' {
        $told = Compare-DdbTable $before $after @connection
        $changed = $told | Where-Object SideIndicator -eq '<>' | Where-Object { $_.Key.id -eq 'u9' }
        $changed | Should -BeOfType ([DynamoBatch.Output.TableDifference])
        $changed.ReferenceItem.v | Should -Be 9
        $changed.DifferenceItem.v | Should -Be 1000
        $changed.DifferenceItem.tags.SetEquals([string[]] ('x', 'y')) | Should -BeTrue
        ($told | Where-Object SideIndicator -eq '<=').DifferenceItem | Should -BeNullOrEmpty
        ($told | Where-Object SideIndicator -eq '=>').ReferenceItem | Should -BeNullOrEmpty
    }

    It 'tells what is equal too, where that is wanted' {
        $told = Compare-DdbTable $before $after @connection -IncludeEqual
        $told | Should -HaveCount 301
        $equal = @($told | Where-Object SideIndicator -eq '==')
        $equal | Should -HaveCount 297
        $equal[0].ReferenceItem.id | Should -Be $equal[0].Key.id
        $equal[0].DifferenceItem.id | Should -Be $equal[0].Key.id
    }

    It 'compares only some attributes, and gives whole items all the same' {
        $told = Compare-DdbTable $before $after @connection -Property tenant
        $told | Get-Told | Sort-Object | Should -Be 'u10 <> tenant', 'u7 <= ', 'v1 => '
        ($told | Where-Object SideIndicator -eq '<>').DifferenceItem.v | Should -Be 1000
    }

    It 'compares the items of a key prefix' {
        Compare-DdbTable $before $after @connection -KeyPrefix u1 | Get-Told | Should -Be 'u10 <> tenant,v'
        Compare-DdbTable $before $after @connection -KeyPrefix v | Get-Told | Should -Be 'v1 => '
    }

    It 'takes a pair into the scope of -FilterScript where it is true for one of the items' {
        Compare-DdbTable $before $after @connection -FilterScript { $_.tenant -eq 't1' } | Get-Told | Sort-Object | Should -Be 'u10 <> tenant,v', 'u7 <= ', 'u9 <> v'
        Compare-DdbTable $before $after @connection -FilterScript { $PSItem.id -eq 'u10' -and $_.tenant -eq 't0' } | Get-Told | Should -Be 'u10 <> tenant,v'
    }

    It 'ends where -FilterScript fails, and names the key' -ForEach @(
        @{ Script = { throw 'no' } }, @{ Script = { $_.v.Foo() } }, @{ Script = { Write-Error 'no' } }
    ) {
        $caught = Invoke-Caught { Compare-DdbTable $before $after @connection -KeyPrefix v -FilterScript $Script }
        $caught.Output | Should -BeNullOrEmpty
        $caught.Ended.FullyQualifiedErrorId | Should -BeLike 'FilterScriptFailed,*'
        "$($caught.Ended)" | Should -BeLike "*id='v1'*"
    }

    It 'streams: the first differences end it' {
        Compare-DdbTable $before $after @connection | Select-Object -First 1 | Should -HaveCount 1
    }

    It 'sums up with -Verbose' {
        $said = Compare-DdbTable $before $after @connection -Verbose 4>&1 | Where-Object { $_ -is [Management.Automation.VerboseRecord] }
        "$said" | Should -BeLike '*300 items*300 of table*297 equal, 2 differ, 1 only in the first, 1 only in the second*4 keys looked up*read units*'
    }

    It 'survives faults without losing or repeating a difference' {
        $chance = @{ throttled = 0.2; error500Before = 0.1; cutAfter = 0.1; truncatedAnswer = 0.1; garbledAnswer = 0.1 }
        Set-Fault @{ seed = 5; operations = @{ Scan = @{ chance = $chance }; BatchGetItem = @{ chance = @{ throttled = 0.2; unprocessedSome = 0.3; cutAfter = 0.1 } } } }
        Compare-DdbTable $before $after @connection | Get-Told | Sort-Object | Should -Be 'u10 <> tenant,v', 'u7 <= ', 'u9 <> v', 'v1 => '
    }

    It 'ends with an error where a table cannot be read to its end' {
        Set-Fault @{ operations = @{ Scan = @{ chance = @{ throttled = 1 } } } }
        $caught = Invoke-Caught { Compare-DdbTable $before $after @connection -RetryTimeout 0.3 }
        $caught.Ended.FullyQualifiedErrorId | Should -BeLike 'ItemUnprocessed,*'
        "$($caught.Ended)" | Should -BeLike '*may be more*'
    }

    It 'ends with an error where keys may not be looked up' {
        Set-Fault @{ denied = @('BatchGetItem') }
        { Compare-DdbTable $before $after @connection } | Should -Throw -ErrorId 'AccessDenied,*'
    }

    It 'ends at once on Ctrl+C, also where nothing is answered' {
        Set-Fault @{ operations = @{ Scan = @{ chance = @{ hang = 1 } } } }
        $stopped = Invoke-Interrupted -Variable @{ before = $before; after = $after; connection = $connection } -Script 'Compare-DdbTable $before $after @connection' -Until {
            (ConvertTo-Json (Get-ServerStats) -Depth 5) -match '"Scan"'
        }
        $stopped.State | Should -Be 'Stopped'
        $stopped | Assert-EndedSoon
    }

    It 'reads consistently, and one request at a time, where that is wanted' {
        Compare-DdbTable $before $after @connection -ConsistentRead -ThrottleLimit 1 -MaxReadCapacity 200 | Should -HaveCount 4
    }

    It 'shows key and attributes as a table' {
        $text = Compare-DdbTable $before $after @connection -KeyPrefix u9 | Format-Table | Out-String
        $text | Should -Match 'SideIndicator\s+Key\s+Property'
        $text | Should -Match '<>\s+id=u9\s+v'
    }

    It 'refuses what cannot be compared: <Name>' -ForEach @(
        @{ Name = 'a table with itself'; Run = { Compare-DdbTable $before $before @connection }; ErrorId = 'TablesAreTheSame,*' }
        @{ Name = 'a table that is not there'; Run = { Compare-DdbTable $before nix @connection }; ErrorId = 'TableNotFound,*' }
        @{ Name = 'another key'; Run = { Compare-DdbTable $before (New-Table -KeyType N) @connection }; ErrorId = 'KeyAttributeInvalid,*' }
        @{ Name = 'a sort key more'; Run = { Compare-DdbTable $before (New-Table -SortKey at) @connection }; ErrorId = 'KeyAttributeInvalid,*' }
        @{ Name = 'a prefix of a number'; Run = { Compare-DdbTable (New-Table -KeyType N) (New-Table -KeyType N) @connection -KeyPrefix 1 }; ErrorId = 'KeyAttributeInvalid,*' }
    ) {
        { & $Run } | Should -Throw -ErrorId $ErrorId
    }
}
