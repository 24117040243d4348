# Restore-DdbTableInPlace by the difference: what it changes and what it leaves, checked item by item by other eyes.

BeforeAll {
    Import-Module "$PSScriptRoot/DynamoBatch.TestHelpers.psm1" -Force
    Import-Module (Get-ModulePath) -Force
    $null = Start-RestoreAws
    $connection = Get-Connection

    # No journal outside of the test's folder, also where none is named.
    $stateHome = $env:XDG_STATE_HOME
    $env:XDG_STATE_HOME = Join-Path $TestDrive 'state'
}

AfterAll {
    Stop-LocalAws
    $env:XDG_STATE_HOME = $stateHome
}

Describe 'A restore to a time' {
    BeforeEach { Reset-LocalAws }

    It 'gives back exactly what was there, with one write a difference, and drops its scratch table' {
        $table = New-RestoreTable 200
        $wanted = Get-TableImage $table
        $t0 = New-Moment
        Invoke-Damage $table
        Reset-LocalAws
        $summary = Invoke-Restore $table @{ PointInTime = $t0 }
        Assert-TableImage $wanted (Get-TableImage $table)
        Assert-RestoreAccounts $summary
        $summary.Changes | Should -Be 7
        $summary.Put, $summary.Updated, $summary.Deleted | Should -Be 3, 2, 2
        $summary.Unchanged | Should -Be 195
        $summary.Verified | Should -Be 7
        $summary.PointInTime | Should -Be $t0
        (Get-Mutation $table | Measure-Object items -Sum).Sum | Should -Be 7
        (Get-Mutation $table).keys | ForEach-Object { $_ -replace '.*:' } | Sort-Object | Should -Be 'k0', 'k1', 'k2', 'k3', 'k4', 'new1', 'new2'
        @(Get-RestoreRequest).Count | Should -Be 1
        Get-ScratchTable $table | Should -BeNullOrEmpty
        $summary.ScratchTableName | Should -BeNullOrEmpty
        ($summary.Phases | ForEach-Object Name) | Should -Be 'Restore', 'Compare', 'Drop', 'Apply', 'Verify'
    }

    It 'is right where the two tables are scanned in different orders' {
        $table = New-RestoreTable 300
        $wanted = Get-TableImage $table
        $t0 = New-Moment
        Invoke-Damage $table
        Set-Fault @{ scanOrder = 'own' }
        $summary = Invoke-Restore $table @{ PointInTime = $t0 }
        Reset-LocalAws
        $summary.Changes | Should -Be 7
        Assert-TableImage $wanted (Get-TableImage $table)
    }

    It 'takes every type, and names that expressions cannot say' {
        $table = New-Table
        Enable-Recovery $table
        $all = @{
            s = @{ S = 'Zürich' }; empty = @{ S = '' }; n = @{ N = '12345678901234567890123456789012345678' }; tiny = @{ N = '-1E-130' }; b = @{ B = 'AAEC' }
            yes = @{ BOOL = $true }; none = @{ NULL = $true }; ss = @{ SS = 'b', 'a' }; ns = @{ NS = '2', '1.5' }; bs = @{ BS = 'AQ==', 'Ag==' }
            l = @{ L = @(@{ S = 'x' }, @{ N = '1' }, @{ M = @{ deep = @{ L = @() } } }) }; m = @{ M = @{ 'a.b' = @{ S = '1' }; Size = @{ N = '2' } } }
            'a.b' = @{ S = 'dot' }; 'with space' = @{ S = 'space' }; size = @{ S = 'reserved' }; name = @{ S = 'reserved' }; 'ü#:[0]' = @{ S = 'odd' }
        }
        # Hash tables of PowerShell ignore case; the two names that differ by it need one that does not.
        function New-EveryType([string] $Id) {
            $copy = [Collections.Hashtable]::new([StringComparer]::Ordinal)
            $copy['id'] = @{ S = $Id }
            foreach ($n in $all.Keys) { $copy[$n] = $all[$n] }
            $copy['NAME'] = @{ S = 'case' }
            $copy
        }
        Set-StoredItem $table (New-EveryType vanished), (New-EveryType emptied), (New-EveryType changed), (New-EveryType same)
        $wanted = Get-TableImage $table
        $t0 = New-Moment
        Remove-StoredItem $table vanished
        Set-StoredItem $table @{ id = @{ S = 'emptied' }; s = @{ S = 'BAD' } }
        foreach ($n in $all.Keys) { Set-StoredAttribute $table changed $n @{ M = @{ bad = @{ NULL = $true } } } }
        Set-StoredAttribute $table changed 'extra.one more' @{ S = 'BAD' }
        (Invoke-Restore $table @{ PointInTime = $t0 }).Changes | Should -Be 3
        Assert-TableImage $wanted (Get-TableImage $table)
    }

    It 'takes keys of type <Type>, with a sort key of type <SortType>' -ForEach @(
        @{ Type = 'N'; SortType = 'S' }, @{ Type = 'B'; SortType = 'N' }, @{ Type = 'S'; SortType = 'B' }
    ) {
        $values = @{ S = 'a', 'b.c', 'ü'; N = '1', '-2.5', '98765432109876543210987654321098765432'; B = 'AA==', '/+8=', 'AQID' }
        $table = New-Table -Key 'p.k' -KeyType $Type -SortKey 'sort key' -SortKeyType $SortType
        Enable-Recovery $table
        $items = @(foreach ($p in $values[$Type]) { foreach ($s in $values[$SortType]) { @{ 'p.k' = @{ $Type = $p }; 'sort key' = @{ $SortType = $s }; v = @{ N = '1' } } } })
        Set-StoredItem $table $items
        $wanted = Get-TableImage $table 'p.k', 'sort key'
        $t0 = New-Moment
        $keys = @($items | ForEach-Object { @{ 'p.k' = $_['p.k']; 'sort key' = $_['sort key'] } })
        Remove-StoredItem $table $keys[0..3]
        Set-StoredItem $table @($keys[4], $keys[5] | ForEach-Object { $bad = $_.Clone(); $bad.v = @{ N = '-1' }; $bad })
        $summary = Invoke-Restore $table @{ PointInTime = $t0 }
        $summary.Put, $summary.Updated, $summary.Deleted | Should -Be 4, 2, 0
        Assert-TableImage $wanted (Get-TableImage $table 'p.k', 'sort key')
    }
}

Describe 'A restore of what happened between two times' {
    BeforeEach { Reset-LocalAws }

    It 'undoes the damage and nothing else, item by item, and tells what it left' {
        $table = New-RestoreTable 40
        $at0 = Get-TableImage $table
        $t0 = New-Moment
        # Damage: k0..k4 vanish; k5..k9 lose 'name' and have another 'v'; a0..a4 are added.
        Remove-StoredItem $table k0, k1, k2, k3, k4
        5..9 | ForEach-Object { Set-StoredAttribute $table "k$_" v @{ N = '-1' }; Set-StoredAttribute $table "k$_" name }
        Set-StoredItem $table @(0..4 | ForEach-Object { @{ id = @{ S = "a$_" }; v = @{ N = '0' } } })
        $t1 = New-Moment
        # Good writes since: an attribute beside, an attribute that was damaged, one put back, a vanished key anew, an added one taken over, others.
        Set-StoredAttribute $table k5 good @{ S = 'yes' }
        Set-StoredAttribute $table k6 v @{ N = '66' }
        Set-StoredAttribute $table k7 v @{ N = '7' }
        Remove-StoredItem $table k8
        Set-StoredItem $table @{ id = @{ S = 'k0' }; v = @{ N = '100' } }
        Set-StoredAttribute $table a0 v @{ N = '5' }
        Set-StoredAttribute $table a1 more @{ S = 'yes' }
        Remove-StoredItem $table a2, k20
        Set-StoredAttribute $table k21 v @{ N = '21000' }
        Set-StoredItem $table @{ id = @{ S = 'fresh' }; v = @{ N = '1' } }
        $model = Get-TableImage $table
        foreach ($id in 'k1', 'k2', 'k3', 'k4', 'k9') { $model["{S='$id'}"] = $at0["{S='$id'}"] }
        $model["{S='k5'}"] = "{good={S='yes'},id={S='k5'},name={S='name 5'},v={N='5'}}"
        $model["{S='k6'}"] = "{id={S='k6'},name={S='name 6'},v={N='66'}}"
        $model["{S='k7'}"] = "{id={S='k7'},name={S='name 7'},v={N='7'}}"
        foreach ($id in 'a3', 'a4') { $null = $model.Remove("{S='$id'}") }
        Reset-LocalAws
        $caught = Invoke-Caught { Invoke-Restore $table @{ PointInTime = $t0; DamageEnd = $t1 } }
        $caught.Ended | Should -BeNullOrEmpty
        Assert-TableImage $model (Get-TableImage $table)
        $summary = $caught.Output[0]
        Assert-RestoreAccounts $summary
        $summary.Changes | Should -Be 15
        $summary.Put, $summary.Updated, $summary.Deleted, $summary.AlreadyDone, $summary.Conflicts | Should -Be 4, 3, 2, 1, 5
        $caught.Errors.Count | Should -Be 5
        $caught.Errors | ForEach-Object {
            $_.FullyQualifiedErrorId | Should -BeLike 'ConditionFailed,*'
            $_.CategoryInfo.Category | Should -Be 'InvalidOperation'
            $_.TargetObject | Should -BeOfType ([DynamoBatch.Output.RestoreConflict])
        }
        ($caught.Errors.TargetObject.Key.id | Sort-Object) | Should -Be 'a0', 'a1', 'k0', 'k6', 'k8'
        $conflict = ($caught.Errors.TargetObject | Where-Object { $_.Key.id -eq 'k6' })
        $conflict.Property | Should -Be 'v'
        $conflict.WantedItem.v, $conflict.SeenItem.v | Should -Be 6, -1
        @(Get-RestoreRequest).Count | Should -Be 2
        Get-ScratchTable $table | Should -BeNullOrEmpty
    }

    It 'lets every good write stand that is made while it runs, in tables that are scanned in their own order' -Skip:$IsWindows {
        $table = New-RestoreTable 60
        $model = Get-TableImage $table
        $t0 = New-Moment
        Invoke-Damage $table
        $t1 = New-Moment
        $journal = New-JournalPath
        $slow = @{ latency = 150 }
        # It cannot end before some writes were made: its deletions are throttled until then.
        $operations = @{ Scan = $slow; UpdateItem = @{ latency = 20 }; DeleteItem = @{ chance = @{ throttled = 1 } }; BatchExecuteStatement = $slow; BatchGetItem = $slow }
        Set-Fault @{ scanOrder = 'own'; operations = $operations }
        $shell = Start-Shell "`$s = Restore-DdbTableInPlace $table -PointInTime ([DateTime]::new($($t0.Ticks), 'Utc')) -DamageEnd ([DateTime]::new($($t1.Ticks), 'Utc')) -JournalPath '$journal' -Confirm:`$false -EndpointUrl $($connection.EndpointUrl) -AccessKey local -SecretKey local; `"`$(`$s.Changes) `$(`$s.Conflicts)`""
        $writes = 0
        try {
            while (-not $shell.HasExited) {
                # k3 and k4 are damaged in another attribute; the others are not.
                $id = "k$(3 + $writes % 50)"
                Set-StoredAttribute $table $id good @{ N = "$writes" }
                $model["{S='$id'}"] = $model["{S='$id'}"] -replace "^\{(good=\{N='\d+'\},)?", "{good={N='$writes'},"
                $writes++
                if ($writes -eq 40) { $operations.DeleteItem = $slow; Set-Fault @{ scanOrder = 'own'; operations = $operations } }
            }
            $shell.Output.Result.Trim() | Should -Be '7 0' -Because $shell.Errors.Result
        }
        finally { $shell.Dispose() }
        Reset-LocalAws
        $writes | Should -BeGreaterOrEqual 40
        Assert-TableImage $model (Get-TableImage $table)
    }

    It 'settles its conflicts by the same command with -Force and its journal' {
        $table = New-RestoreTable
        $wanted = Get-TableImage $table
        $t0 = New-Moment
        Invoke-Damage $table
        $t1 = New-Moment
        Set-StoredAttribute $table k3 name @{ S = 'good' }
        Set-StoredItem $table @{ id = @{ S = 'k0' }; v = @{ N = '100' } }
        Set-StoredAttribute $table new1 v @{ N = '7' }
        $with = @{ PointInTime = $t0; DamageEnd = $t1; JournalPath = New-JournalPath }
        $first = Invoke-Restore $table ($with + @{ ErrorAction = 'SilentlyContinue' })
        $first.Conflicts | Should -Be 3
        $first.ChangePath | Should -Exist
        Reset-LocalAws
        $second = Invoke-Restore $table ($with + @{ Force = $true; WarningAction = 'SilentlyContinue' })
        $second.Conflicts | Should -Be 0
        Assert-RestoreAccounts $second
        @(Get-RestoreRequest).Count | Should -Be 0
        ((Get-Mutation $table).keys -replace '.*:' | Sort-Object) | Should -Be 'k0', 'k3', 'new1'
        Assert-TableImage $wanted (Get-TableImage $table)
        "$($with.JournalPath).changes" | Should -Not -Exist
    }

    It 'lets writes stand that come after the difference was found, also without -DamageEnd' {
        $table = New-RestoreTable
        $t0 = New-Moment
        $before = Get-TableImage $table
        Invoke-Damage $table
        $with = @{ PointInTime = $t0; JournalPath = New-JournalPath }
        $prepared = Invoke-Restore $table ($with + @{ PrepareOnly = $true })
        $prepared.Changes | Should -Be 7
        Set-StoredAttribute $table k3 beside @{ S = 'good' }
        Set-StoredAttribute $table k4 v @{ N = '4000' }
        Set-StoredAttribute $table k9 v @{ N = '9000' }
        Set-StoredAttribute $table new1 unseen @{ S = 'good' }
        $caught = Invoke-Caught { Invoke-Restore $table $with }
        ($caught.Errors.TargetObject.Key.id | Sort-Object) | Should -Be 'k4', 'new1'
        $before["{S='k3'}"] = "{beside={S='good'},id={S='k3'},name={S='name 3'},v={N='3'}}"
        $before["{S='k4'}"] = "{id={S='k4'},name={S='name 4'},v={N='4000'}}"
        $before["{S='k9'}"] = "{id={S='k9'},name={S='name 9'},v={N='9000'}}"
        $before["{S='new1'}"] = "{id={S='new1'},unseen={S='good'},v={N='1'}}"
        Assert-TableImage $before (Get-TableImage $table)
    }
}

Describe 'A part of a table' {
    BeforeAll {
        $sorted = New-Table -SortKey sort
        Enable-Recovery $sorted
        Set-StoredItem $sorted @(foreach ($p in 'a', 'ab', 'b') { 0..3 | ForEach-Object { @{ id = @{ S = $p }; sort = @{ S = "s$_" }; tenant = @{ S = "t$_" } } } })
        $sortedAt0 = Get-TableImage $sorted id, sort
        $plain = New-RestoreTable
        $plainAt0 = Get-TableImage $plain
        $t0 = New-Moment
        foreach ($p in 'a', 'ab', 'b') {
            Remove-StoredItem $sorted @{ id = @{ S = $p }; sort = @{ S = 's0' } }
            # Moves to another tenant, and from one.
            Set-StoredItem $sorted @{ id = @{ S = $p }; sort = @{ S = 's1' }; tenant = @{ S = 'other' } }, @{ id = @{ S = $p }; sort = @{ S = 's2' }; tenant = @{ S = 't0' } }, @{ id = @{ S = $p }; sort = @{ S = 'new' }; tenant = @{ S = 't0' } }
        }
        $sortedDamaged = Get-TableImage $sorted id, sort
    }

    # Each restores the damage that the one before it undid.
    AfterEach {
        foreach ($key in @(Get-StoredItems $sorted)) { Remove-StoredItem $sorted @{ id = $key.id; sort = $key.sort } }
        Set-StoredItem $sorted @(foreach ($p in 'a', 'ab', 'b') {
                @{ id = @{ S = $p }; sort = @{ S = 's1' }; tenant = @{ S = 'other' } }; @{ id = @{ S = $p }; sort = @{ S = 's2' }; tenant = @{ S = 't0' } }
                @{ id = @{ S = $p }; sort = @{ S = 's3' }; tenant = @{ S = 't3' } }; @{ id = @{ S = $p }; sort = @{ S = 'new' }; tenant = @{ S = 't0' } } })
        Assert-TableImage $sortedDamaged (Get-TableImage $sorted id, sort)
    }

    It '<What> restores only its scope' -ForEach @(
        @{ What = '-KeyPrefix'; With = @{ KeyPrefix = 'a' }; Scope = '^\{S=''ab?''\}' }
        @{ What = '-PartitionKey'; With = @{ PartitionKey = 'a' }; Scope = '^\{S=''a''\}' }
        @{ What = '-FilterScript, seeing either image,'; With = @{ FilterScript = { $_.tenant -eq 't0' } }; Scope = '/\{S=''(s0|s2|new)''\}' }
        @{ What = '-FilterScript with -KeyPrefix'; With = @{ FilterScript = { $_.tenant -eq 'other' }; KeyPrefix = 'a' }; Scope = '^\{S=''ab?''\}/\{S=''s1''\}' }
        @{ What = '-MissingOnly'; With = @{ MissingOnly = $true }; Scope = '/\{S=''s0''\}' }
        @{ What = '-KeepNew'; With = @{ KeepNew = $true }; Scope = '/\{S=''s\d''\}' }
    ) {
        $model = [Collections.Generic.SortedDictionary[string, string]]::new($sortedDamaged, [StringComparer]::Ordinal)
        foreach ($key in @($sortedAt0.Keys) + @($sortedDamaged.Keys)) {
            if ($key -match $Scope) { if ($sortedAt0.ContainsKey($key)) { $model[$key] = $sortedAt0[$key] } else { $null = $model.Remove($key) } }
        }
        $changes = @(@($model.Keys) + @($sortedDamaged.Keys) | Sort-Object -Unique | Where-Object { $model[$_] -cne $sortedDamaged[$_] }).Count
        Reset-LocalAws
        $summary = Invoke-Restore $sorted (@{ PointInTime = $t0 } + $With)
        Assert-TableImage $model (Get-TableImage $sorted id, sort)
        $summary.Changes | Should -Be $changes
        (Get-Mutation $sorted | Measure-Object items -Sum).Sum | Should -Be $changes
    }

    It 'ends, and changes nothing, where -FilterScript throws' {
        $caught = Invoke-Caught { Invoke-Restore $sorted @{ PointInTime = $t0; FilterScript = { throw 'no such thing' } } }
        $caught.Ended.FullyQualifiedErrorId | Should -BeLike 'FilterScriptFailed,*'
        $caught.Ended.Exception.Message | Should -BeLike '*no such thing*'
        Assert-TableImage $sortedDamaged (Get-TableImage $sorted id, sort)
        Get-ScratchTable $sorted | Should -BeNullOrEmpty
    }

    It 'refuses -KeyPrefix with -PartitionKey, and a prefix of a number' {
        { Invoke-Restore $sorted @{ PointInTime = $t0; KeyPrefix = 'a'; PartitionKey = 'a' } } | Should -Throw -ErrorId 'RestoreNotUsable,*'
        $numbers = New-Table -KeyType N
        Enable-Recovery $numbers
        $with = @{ PointInTime = (New-Moment); KeyPrefix = '1'; JournalPath = New-JournalPath }
        Reset-LocalAws
        { Invoke-Restore $numbers $with } | Should -Throw -ErrorId 'KeyAttributeInvalid,*' -ExpectedMessage "*'$numbers' is no text (N)*"
        Get-Mutation | Should -BeNullOrEmpty
        $with.JournalPath | Should -Not -Exist
    }
}

Describe 'What has expired' {
    It 'is not brought back but with -IncludeExpired' {
        $table = New-Table -TtlAttribute exp
        Enable-Recovery $table
        $past = [DateTimeOffset]::UtcNow.AddHours(-1).ToUnixTimeSeconds(); $future = [DateTimeOffset]::UtcNow.AddHours(1).ToUnixTimeSeconds()
        Set-StoredItem $table @{ id = @{ S = 'old' }; exp = @{ N = "$past" } }, @{ id = @{ S = 'young' }; exp = @{ N = "$future" } }, @{ id = @{ S = 'never' } }
        $t0 = New-Moment
        Remove-StoredItem $table old, young, never
        $summary = Invoke-Restore $table @{ PointInTime = $t0 }
        $summary.Put, $summary.Expired | Should -Be 2, 1
        ((Get-StoredItems $table).id.S | Sort-Object) | Should -Be 'never', 'young'
        $summary = Invoke-Restore $table @{ PointInTime = $t0; IncludeExpired = $true }
        $summary.Put, $summary.Expired | Should -Be 1, 0
        Get-StoredCount $table | Should -Be 3
    }
}

Describe 'Looking before it is done' {
    BeforeEach {
        $table = New-RestoreTable
        $wanted = Get-TableImage $table
        $t0 = New-Moment
        Invoke-Damage $table
        $damaged = Get-TableImage $table
        Reset-LocalAws
    }

    It '-WhatIf makes no request that changes anything, makes no journal, and returns the plan' {
        $journal = New-JournalPath
        $plan = Invoke-Restore $table @{ PointInTime = $t0; WhatIf = $true; JournalPath = $journal }
        $plan.WhatIf | Should -BeTrue
        $plan.Method | Should -Be 'Reconcile'
        $plan.Note | Should -Not -BeNullOrEmpty
        Get-Mutation | Should -BeNullOrEmpty
        $journal | Should -Not -Exist
        Join-Path $env:XDG_STATE_HOME 'dynamobatch' | Should -Not -Exist
    }

    It '-WhatIf checks what a run would check' {
        { Invoke-Restore $table @{ PointInTime = [DateTime]::UtcNow.AddDays(1); WhatIf = $true } } | Should -Throw -ErrorId 'RestorePointInTimeNotAvailable,*'
        { Invoke-Restore 'NoSuchTable' @{ PointInTime = $t0; WhatIf = $true } } | Should -Throw -ErrorId 'TableNotFound,*'
    }

    It '-PrepareOnly leaves the table alone, and the same command goes on without another restore' {
        $with = @{ PointInTime = $t0; JournalPath = New-JournalPath }
        $prepared = Invoke-Restore $table ($with + @{ PrepareOnly = $true })
        $prepared.PrepareOnly | Should -BeTrue
        $prepared.Put, $prepared.Updated, $prepared.Deleted, $prepared.Changes | Should -Be 3, 2, 2, 7
        $prepared.ChangePath | Should -Exist
        @(Get-Content $prepared.ChangePath).Count | Should -Be 7
        Get-Mutation $table | Should -BeNullOrEmpty
        Assert-TableImage $damaged (Get-TableImage $table)
        Get-ScratchTable $table | Should -BeNullOrEmpty
        $summary = Invoke-Restore $table ($with + @{ WarningVariable = 'told'; WarningAction = 'SilentlyContinue' })
        $summary.Put, $summary.Updated, $summary.Deleted | Should -Be 3, 2, 2
        @(Get-RestoreRequest).Count | Should -Be 1
        Assert-TableImage $wanted (Get-TableImage $table)
    }

    It 'finds its journal by itself in the state folder, and tells it with -Verbose' {
        $first = Restore-DdbTableInPlace $table -PointInTime $t0 -PrepareOnly -Verbose @connection 4>&1
        $journal = $first[-1].JournalPath
        $journal | Should -BeLike "$env:XDG_STATE_HOME/dynamobatch/restores/$table-*.journal"
        "$($first[0..($first.Count - 2)])" | Should -Match ([regex]::Escape($journal))
        $second = Restore-DdbTableInPlace $table -PointInTime $t0 -Confirm:$false -WarningAction SilentlyContinue @connection
        $second.JournalPath | Should -Be $journal
        $second.Changes | Should -Be 7
        @(Get-RestoreRequest).Count | Should -Be 1
        # It has ended: the next one is another.
        $third = Restore-DdbTableInPlace $table -PointInTime $t0 -Confirm:$false @connection
        $third.JournalPath | Should -Not -Be $journal
        $third.Changes | Should -Be 0
    }

    It '-MaxChange ends it before the first write, and a higher one goes on' {
        $with = @{ PointInTime = $t0; JournalPath = New-JournalPath; WarningAction = 'SilentlyContinue' }
        $caught = Invoke-Caught { Invoke-Restore $table ($with + @{ MaxChange = 6 }) }
        $caught.Ended.FullyQualifiedErrorId | Should -BeLike 'RestoreTooManyChanges,*'
        $caught.Ended.Exception.Message | Should -Match '^7 changes .*-MaxChange allows 6'
        Get-Mutation $table | Should -BeNullOrEmpty
        Get-ScratchTable $table | Should -BeNullOrEmpty
        (Invoke-Restore $table ($with + @{ MaxChange = 7 })).Changes | Should -Be 7
        @(Get-RestoreRequest).Count | Should -Be 1
        Assert-TableImage $wanted (Get-TableImage $table)
    }

    It 'asks with the counts, changes nothing after No, and asks again' {
        $script = "Restore-DdbTableInPlace $table -PointInTime ([DateTime]::new($($t0.Ticks), 'Utc')) -JournalPath '$(New-JournalPath)' @connection"
        $no = Invoke-Answered 2 $script
        $no.Asked.Count | Should -Be 1
        $no.Asked[0] | Should -Match "$table.*put 3 that vanished, change 2, delete 2 that were added.*reverted"
        $no.Output | Should -BeNullOrEmpty
        "$($no.Warnings)" | Should -Match 'Nothing was changed'
        Get-Mutation $table | Should -BeNullOrEmpty
        $yes = Invoke-Answered 0 $script
        $yes.Asked | Should -Be $no.Asked
        $yes.Output[0].Changes | Should -Be 7
        @(Get-RestoreRequest).Count | Should -Be 1
        Assert-TableImage $wanted (Get-TableImage $table)
    }

    It 'asks nothing with -Confirm:$false, and nothing where nothing differs' {
        $script = "Restore-DdbTableInPlace $table -PointInTime ([DateTime]::new($($t0.Ticks), 'Utc')) @connection"
        $run = Invoke-Answered @() "$script -Confirm:`$false; $script"
        $run.Asked | Should -BeNullOrEmpty
        $run.Output.Changes | Should -Be 7, 0
    }
}

Describe 'Where the content comes from' {
    BeforeEach { Reset-LocalAws }

    It '-LatestRestorableTime' {
        $table = New-RestoreTable
        $null = New-Moment
        $before = Get-TableImage $table
        $null = Invoke-Control backups -Body @{ restorableLag = 300 }
        try {
            $null = Invoke-Control clock -Body @{ advanceSeconds = 400 }
            Invoke-Damage $table
            $summary = Invoke-Restore $table @{ LatestRestorableTime = $true }
        }
        finally { $null = Invoke-Control backups -Body @{ restorableLag = 0 } }
        $summary.Changes | Should -Be 7
        Assert-TableImage $before (Get-TableImage $table)
    }

    It '-BackupArn, also where recovery is off' {
        $table = New-Table
        Set-StoredItem $table @(0..9 | ForEach-Object { @{ id = @{ S = "k$_" }; v = @{ N = "$_" }; name = @{ S = "name $_" } } })
        $before = Get-TableImage $table
        $arn = (Invoke-Ddb CreateBackup @{ TableName = $table; BackupName = 'before' }).BackupDetails.BackupArn
        Invoke-Damage $table
        $summary = Invoke-Restore $table @{ BackupArn = $arn }
        $summary.Changes | Should -Be 7
        Assert-TableImage $before (Get-TableImage $table)
        Get-ScratchTable $table | Should -BeNullOrEmpty
    }

    It '-SourceTableName, which stays as it is, and needs no scratch table' {
        $table = New-RestoreTable
        $source = New-RestoreTable
        Invoke-Damage $table
        $before = Get-TableImage $source
        Reset-LocalAws
        $summary = Invoke-Restore $table @{ SourceTableName = $source }
        $summary.Changes | Should -Be 7
        Assert-TableImage $before (Get-TableImage $table)
        Get-RestoreRequest | Should -BeNullOrEmpty
        Get-Mutation $source | Should -BeNullOrEmpty
        Assert-TableImage $before (Get-TableImage $source)
    }

    It '-KeepScratchTable and -ScratchTableName' {
        $table = New-RestoreTable
        $before = Get-TableImage $table
        $t0 = New-Moment
        Invoke-Damage $table
        $summary = Invoke-Restore $table @{ PointInTime = $t0; KeepScratchTable = $true; ScratchTableName = "$table.mine" }
        $summary.ScratchTableName | Should -Be "$table.mine"
        Assert-TableImage $before (Get-TableImage "$table.mine")
        Assert-TableImage $before (Get-TableImage $table)
    }
}

Describe 'What is said, and what is kept' {
    BeforeEach {
        $table = New-RestoreTable
        $wanted = Get-TableImage $table
        $t0 = New-Moment
        Invoke-Damage $table
        Reset-LocalAws
    }

    It 'files every image that is overwritten or deleted, and that file brings them back' {
        $damaged = Get-TableImage $table
        $undo = Join-Path $TestDrive "$table.undo"
        $summary = Invoke-Restore $table @{ PointInTime = $t0; UndoPath = $undo }
        $summary.UndoPath | Should -Be $undo
        @(Get-Content $undo).Count | Should -Be 4
        Get-Content $undo | ConvertFrom-DdbJson | Write-DdbBatch $table @connection | Out-Null
        foreach ($id in 'k0', 'k1', 'k2') { $damaged["{S='$id'}"] = $wanted["{S='$id'}"] }
        Assert-TableImage $damaged (Get-TableImage $table)
    }

    It 'takes -UndoPath from where the user is, and refuses one that cannot be before anything is begun' {
        Push-Location $TestDrive
        try { (Invoke-Restore $table @{ PointInTime = $t0; UndoPath = 'here.undo' }).UndoPath | Should -Be (Join-Path $TestDrive 'here.undo') } finally { Pop-Location }
        Join-Path $TestDrive 'here.undo' | Should -Exist
        $journal = New-JournalPath
        Reset-LocalAws
        foreach ($bad in (Join-Path $TestDrive 'no/such.undo'), "$TestDrive", $journal) {
            { Invoke-Restore $table @{ PointInTime = $t0; UndoPath = $bad; JournalPath = $journal } } | Should -Throw -ErrorId 'RestoreNotUsable,*'
        }
        $journal | Should -Not -Exist
        Get-Mutation | Should -BeNullOrEmpty
    }

    It '-Force overwrites newer writes' {
        $with = @{ PointInTime = $t0; JournalPath = New-JournalPath; WarningAction = 'SilentlyContinue' }
        $null = Invoke-Restore $table ($with + @{ PrepareOnly = $true })
        Set-StoredAttribute $table k3 name @{ S = 'newer' }
        Set-StoredItem $table @{ id = @{ S = 'k0' }; v = @{ N = '9' } }
        $summary = Invoke-Restore $table ($with + @{ Force = $true })
        $summary.Conflicts | Should -Be 0
        Assert-TableImage $wanted (Get-TableImage $table)
    }

    It 'ends at the first conflict with -ErrorAction Stop, tells what stands, and goes on' {
        $with = @{ PointInTime = $t0; JournalPath = New-JournalPath }
        $null = Invoke-Restore $table ($with + @{ PrepareOnly = $true })
        Set-StoredAttribute $table k3 name @{ S = 'newer' }
        $testHost = Invoke-Answered @() "try { Restore-DdbTableInPlace $table -PointInTime ([DateTime]::new($($t0.Ticks), 'Utc')) -JournalPath '$($with.JournalPath)' -Confirm:`$false -ErrorAction Stop @connection } catch { `$_.FullyQualifiedErrorId }"
        "$($testHost.Output)" | Should -BeLike 'ConditionFailed,*'
        "$($testHost.Said) $($testHost.Warnings)" | Should -Match ([regex]::Escape($with.JournalPath))
        $summary = Invoke-Restore $table ($with + @{ WarningAction = 'SilentlyContinue'; ErrorAction = 'SilentlyContinue'; ErrorVariable = 'conflicts' })
        Assert-RestoreAccounts $summary
        $summary.Conflicts | Should -Be 1
        $wanted["{S='k3'}"] = "{id={S='k3'},name={S='newer'},v={N='3'}}"
        Assert-TableImage $wanted (Get-TableImage $table)
    }

    It 'has ended where the next command takes its summary and stops it' {
        $run = Invoke-Answered @() "Restore-DdbTableInPlace $table -PointInTime ([DateTime]::new($($t0.Ticks), 'Utc')) -JournalPath '$(New-JournalPath)' -Confirm:`$false @connection | Select-Object -First 1"
        $run.Output[0].Changes | Should -Be 7
        "$($run.Said)" | Should -Not -Match 'was stopped'
    }

    It 'reports progress, and ends it' {
        $records = [Collections.Generic.List[object]]::new()
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript("Import-Module '$(Get-ModulePath)'; Restore-DdbTableInPlace $table -PointInTime ([DateTime]::new($($t0.Ticks), 'Utc')) -JournalPath '$(New-JournalPath)' -Confirm:`$false -EndpointUrl $($connection.EndpointUrl) -AccessKey local -SecretKey local").Invoke()
            $records.AddRange(@($shell.Streams.Progress))
            $shell.Streams.Error | Should -BeNullOrEmpty
        }
        finally { $shell.Dispose() }
        $records.Count | Should -BeGreaterThan 1
        $records[0].Activity | Should -Match $table
        $records[-1].RecordType | Should -Be 'Completed'
    }

    It 'loses no answer and writes nothing wrong under faults (seed 11)' {
        Set-Fault @{ seed = 11; operations = @{
                UpdateItem = @{ chance = @{ error500Before = 0.2 }; next = @('cutAfter', 'lateCut'); lateMax = 200 }; DeleteItem = @{ chance = @{ throttled = 0.2 }; next = @('cutAfter') }
                BatchExecuteStatement = @{ chance = @{ error500After = 0.2 }; next = @('cutAfter') }; RestoreTableToPointInTime = @{ next = @('cutAfter') }
                DeleteTable = @{ next = @('cutAfter') }; Scan = @{ chance = @{ throttled = 0.2; truncatedAnswer = 0.1 } } } }
        $summary = Invoke-Restore $table @{ PointInTime = $t0; ErrorAction = 'SilentlyContinue'; WarningAction = 'SilentlyContinue' }
        Wait-LateWrite
        Reset-LocalAws
        $summary.Conflicts + $summary.Failed + $summary.Unknown | Should -Be 0
        Assert-TableImage $wanted (Get-TableImage $table)
        Get-ScratchTable $table | Should -BeNullOrEmpty
    }
}
