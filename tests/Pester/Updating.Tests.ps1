# What is particular to Update-DdbBatch, and to Write-DdbBatch -NoClobber: what becomes of an item, conditions, counters, the two ways
# to the wire, and what a lost answer means for each.
BeforeDiscovery {
    $seeds = 1, 2
}

BeforeAll {
    Set-StrictMode -Version Latest
    $ErrorActionPreference = 'Continue'
    Import-Module "$PSScriptRoot/DynamoBatch.TestHelpers.psm1"
    Import-Module (Get-ModulePath)
    $null = Start-LocalAws
    $connection = Get-Connection

    # Faults of every request that carries updates or inserts; about one in four meets one.
    $whole = @{
        throttled = 0.05; error500Before = 0.03; error500After = 0.03; error503After = 0.02; cutBefore = 0.03; cutAfter = 0.03
        truncatedAnswer = 0.01; garbledAnswer = 0.01; lateCut = 0.01; lateError500 = 0.01; transactionConflict = 0.03
    }
    $statements = $whole + @{ statementsThrottled = 0.05; statementsError500Before = 0.03; statementsError500After = 0.03; cutMidway = 0.02; error500Midway = 0.02 }
    $transactions = $whole + @{ transactionThrottled = 0.03; transactionInProgress = 0.03 }

    function Set-UpdateFault([int] $Seed) {
        Set-Fault @{
            seed       = $Seed
            operations = @{
                BatchExecuteStatement = @{ chance = $statements }; UpdateItem = @{ chance = $whole }; PutItem = @{ chance = $whole }
                TransactWriteItems    = @{ chance = $transactions }
            }
        }
    }

    function Get-Requests([string] $Operation) { @((Invoke-Control log -Method Get) | ForEach-Object { $_ } | Where-Object operation -eq $Operation) }

    function Get-ErrorIds($Caught) { $Caught.Errors | ForEach-Object { ($_.FullyQualifiedErrorId -split ',')[0] } }

    # A table with items k0, k1, ...
    function New-FilledTable([int] $Count, [hashtable] $Attributes = @{ v = 0 }, [hashtable] $Schema = @{}) {
        $table = New-Table @Schema
        $filled = 0..($Count - 1) | ForEach-Object { @{ id = "k$_" } + $Attributes } | Write-DdbBatch $table @connection
        $filled.Succeeded | Should -Be $Count
        $table
    }
}

AfterAll { Stop-LocalAws }

Describe 'Setting attributes' {
    BeforeEach { Reset-LocalAws }

    It 'changes what the objects hold and leaves the rest, thousands of items, 25 to a request' {
        $table = New-FilledTable 3000 @{ v = 1; kept = 'x' }
        Reset-LocalAws
        $summary = 0..2999 | ForEach-Object { [pscustomobject]@{ id = "k$_"; v = $_; name = "n$_"; when = @{ y = 2026 } } } | Update-DdbBatch $table @connection
        Assert-Invariant $summary
        $summary.Succeeded | Should -Be 3000
        # 120, and one more for each time that the input stalls.
        $summary.Requests | Should -BeLessOrEqual 160
        (Get-Requests BatchExecuteStatement | Measure-Object items -Maximum).Maximum | Should -Be 25
        Get-Requests UpdateItem | Should -HaveCount 0
        $stored = @(Get-StoredItems $table)
        $stored | Should -HaveCount 3000
        @($stored | Where-Object {
                $n = $_.id.S.Substring(1)
                $_.v.N -ne $n -or $_.name.S -ne "n$n" -or $_.when.M.y.N -ne '2026' -or $_.kept.S -ne 'x' -or $_.Count -ne 5
            }) | Should -HaveCount 0
    }

    It 'sets an attribute of any name: <_>' -ForEach @(
        'status', 'select', 'a.b', 'a[0]', 'with space', 'q"uote', "q'uote", 'back\slash', "line`nbreak", 'ünïcode', '😀', '#name', ':value', '_0', '0n', '#_0', ':_0'
    ) {
        $table = New-FilledTable 1
        $summary = @{ id = 'k0'; $_ = 'new'; other = 1 } | Update-DdbBatch $table @connection
        $summary.Succeeded | Should -Be 1
        $item = Get-StoredItem $table k0
        $item[$_].S | Should -Be 'new'
        $item.Count | Should -Be 4
        (@{ id = 'k0' } | Update-DdbBatch $table @connection -RemoveAttribute $_).Succeeded | Should -Be 1
        (Get-StoredItem $table k0).Count | Should -Be 3
    }

    It 'sets values of every type, maps with empty and dotted names among them' {
        $table = New-FilledTable 1
        $value = [ordered]@{
            id = 'k0'; number = 1.5; bool = $true; none = $null; bytes = [byte[]] (1, 2); list = @(1, 'a', @($true)); map = @{ '' = 'e'; 'a.b' = @{ '#x' = 1 } }
            set = [Collections.Generic.HashSet[string]] ('x', 'y')
        }
        ($value | Update-DdbBatch $table @connection).Succeeded | Should -Be 1
        $item = Get-StoredItem $table k0
        $item.number.N | Should -Be '1.5'
        $item.bool.BOOL | Should -BeTrue
        $item.none.NULL | Should -BeTrue
        $item.bytes.B | Should -Be 'AQI='
        $item.list.L[2].L[0].BOOL | Should -BeTrue
        $item.map.M[''].S | Should -Be 'e'
        $item.map.M['a.b'].M['#x'].N | Should -Be '1'
        $item.set.SS | Sort-Object | Should -Be 'x', 'y'
    }

    It 'finds items by keys that look like JSON or statements: <_>' -ForEach @('q"uo''te\', "line`nbreak", '{"S":"x"}', '"=? OR ""=?', 'ü€😀') {
        $table = New-Table -SortKey at
        $key = $_
        @{ id = $key; at = '","id":{"S":"' }, @{ id = 'other'; at = $key } | Write-DdbBatch $table @connection | Out-Null
        (@{ id = $key; at = '","id":{"S":"'; v = 1 } | Update-DdbBatch $table @connection).Succeeded | Should -Be 1
        @(Get-StoredItems $table | Where-Object { $_.Contains('v') }).id.S | Should -Be $key
        Get-StoredCount $table | Should -Be 2
    }

    It 'updates by a key of type <Type> and sort key of type <SortType>' -ForEach @(
        @{ Type = 'S'; SortType = 'N'; Key = { @{ id = 'p'; at = 12.50 } } }
        @{ Type = 'N'; SortType = 'B'; Key = { @{ id = 7; at = [byte[]] (1, 2, 3) } } }
        @{ Type = 'B'; SortType = 'S'; Key = { @{ id = [byte[]] (9, 8); at = 'x' } } }
    ) {
        $table = New-Table -KeyType $Type -SortKey at -SortKeyType $SortType
        & $Key | Write-DdbBatch $table @connection | Out-Null
        ((& $Key) + @{ set = 1 } | Update-DdbBatch $table @connection).Succeeded | Should -Be 1
        (& $Key | Update-DdbBatch $table @connection -Increment @{ set = 2 }).Succeeded | Should -Be 1
        $stored = @(Get-StoredItems $table)
        $stored | Should -HaveCount 1
        $stored[0].set.N | Should -Be '3'
    }

    It 'works where the key itself has an odd name' {
        $table = New-Table -Key 'my key' -SortKey 'a.b'
        @{ 'my key' = 'p'; 'a.b' = 's' } | Write-DdbBatch $table @connection | Out-Null
        (@{ 'my key' = 'p'; 'a.b' = 's'; v = 1 } | Update-DdbBatch $table @connection).Succeeded | Should -Be 1
        @(Get-StoredItems $table)[0].v.N | Should -Be '1'
    }

    It 'applies every update of one key, in order, also where they go different ways' {
        $table = New-FilledTable 2
        $summary = 1..100 | ForEach-Object { @{ id = 'k0'; last = $_; "p$_" = $_ }; @{ id = 'k1'; last = $_; "p$(if ($_ % 2) { '.' })$_" = $_ } } | Update-DdbBatch $table @connection
        Assert-Invariant $summary
        $summary.Succeeded | Should -Be 200
        $summary.Replaced | Should -Be 0
        foreach ($key in 'k0', 'k1') {
            $item = Get-StoredItem $table $key
            $item.Count | Should -Be 103
            $item.last.N | Should -Be '100'
        }
    }

    It 'removes attributes, and sets others in the same update' {
        $table = New-FilledTable 1 @{ v = 1; old = 'x'; kept = 'y' }
        (@{ id = 'k0'; v = 2; old = 'set and removed is removed' } | Update-DdbBatch $table @connection -RemoveAttribute old, never).Succeeded | Should -Be 1
        $item = Get-StoredItem $table k0
        $item.Keys | Sort-Object | Should -Be 'id', 'kept', 'v'
        $item.v.N | Should -Be '2'
    }

    It 'takes bare keys where the parameters say what to do' {
        $table = New-FilledTable 3 @{ v = 1; old = 'x' }
        $summary = 'k0', 'k1', 'k2' | Update-DdbBatch $table @connection -RemoveAttribute old -Increment @{ v = 5 }
        $summary.Succeeded | Should -Be 3
        @(Get-StoredItems $table | Where-Object { $_.v.N -eq '6' -and -not $_.Contains('old') }) | Should -HaveCount 3
        $numbers = New-Table -KeyType N
        (1..3 | Update-DdbBatch $numbers @connection -Increment @{ v = 1 } -Upsert).Succeeded | Should -Be 3
        @(Get-StoredItems $numbers).id.N | Sort-Object | Should -Be '1', '2', '3'
    }

    It 'makes an error of each item that is not there, and the item with -Upsert' {
        $table = New-FilledTable 2
        $rows = [pscustomobject]@{ id = 'k0'; w = 1 }, [pscustomobject]@{ id = 'new1'; w = 1 }, [pscustomobject]@{ id = 'new2'; 'w.w' = 1 }, [pscustomobject]@{ id = 'k1'; 'w.w' = 1 }
        $caught = Invoke-Caught { $rows | Update-DdbBatch $table @connection }
        Get-ErrorIds $caught | Should -Be 'ItemNotFound', 'ItemNotFound'
        $caught.Errors[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $caught.Errors.TargetObject.id | Sort-Object | Should -Be 'new1', 'new2'
        $caught.Errors[0].Exception.Message | Should -Match "id='new\d'.*-Upsert"
        Assert-Invariant $caught.Output
        $caught.Output.Succeeded | Should -Be 2
        Get-StoredCount $table | Should -Be 2
        # The documented retry.
        ($caught.Errors.TargetObject | Update-DdbBatch $table @connection -Upsert).Succeeded | Should -Be 2
        Get-StoredCount $table | Should -Be 4
    }

    It 'routes objects to tables, and does not store the property that says which' {
        $one = New-FilledTable 5
        $two = New-FilledTable 5
        $summaries = 0..5 | ForEach-Object { @{ id = "k$_"; Table = $one; w = 1 }; @{ id = "k$_"; Table = $two; w = 2 }; @{ id = "k$_"; Table = 'NoSuchTable'; w = 3 } } |
            Update-DdbBatch -TableNameProperty table @connection -ErrorAction SilentlyContinue -ErrorVariable bad
        Assert-Invariant $summaries
        $summaries.Succeeded | Should -Be 5, 5, 0
        $bad.FullyQualifiedErrorId -replace ',.*' | Group-Object -NoElement | ForEach-Object { "$($_.Name) $($_.Count)" } | Sort-Object | Should -Be 'ItemNotFound 2', 'TableNotFound 6'
        @(Get-StoredItems $two | Where-Object { $_.w.N -eq '2' -and $_.Count -eq 3 }) | Should -HaveCount 5
    }

    It 'emits with -PassThru the object, with -ReturnOld and -ReturnNew the item' {
        $table = New-FilledTable 2 @{ v = 1; n = 'x' }
        $row = [pscustomobject]@{ id = 'k0'; v = 2 }
        $passed = $row, [pscustomobject]@{ id = 'none'; v = 2 } | Update-DdbBatch $table @connection -PassThru -InformationVariable told -ErrorAction SilentlyContinue
        [object]::ReferenceEquals($passed, $row) | Should -BeTrue
        $told.MessageData.Failed | Should -Be 1
        $old = [pscustomobject]@{ id = 'k0'; v = 3 }, [pscustomobject]@{ id = 'none'; v = 3 } | Update-DdbBatch $table @connection -ReturnOld -ErrorAction SilentlyContinue -InformationAction Ignore
        $old | Should -HaveCount 1
        "$($old.id) $($old.v) $($old.n)" | Should -Be 'k0 2 x'
        $new = 'k0', 'k1' | Update-DdbBatch $table @connection -ReturnNew -Increment @{ v = 10 }
        $new | Sort-Object id | ForEach-Object { "$($_.id) $($_.v) $($_.n)" } | Should -Be 'k0 13 x', 'k1 11 x'
    }

    It 'sends nothing with -WhatIf, and checks the objects' {
        $table = New-FilledTable 3
        Reset-LocalAws
        $caught = Invoke-Caught { [pscustomobject]@{ id = 'k0'; v = 9 }, [pscustomobject]@{ id = 'k1' }, [pscustomobject]@{ v = 1 } | Update-DdbBatch $table @connection -WhatIf }
        Get-ErrorIds $caught | Should -Be 'ValueNotSupported', 'KeyAttributeMissing'
        $plan = $caught.Output | Where-Object { $_ -isnot [string] }
        $plan.WhatIf | Should -BeTrue
        $plan.Planned | Should -Be 1
        (Get-ServerStats).mutating | Should -Be 0
        ('k0' | Update-DdbBatch $table @connection -Increment @{ v = 1 } -ExactlyOnce -WhatIf).PlannedWriteUnits | Should -Be 2
    }
}

Describe 'The two ways to the wire' {
    BeforeEach { Reset-LocalAws }
    AfterEach { Reset-LocalAws }

    It 'falls back to UpdateItem where statements are denied, <How>, and says so once' -ForEach @(
        @{ How = 'as a whole'; Fault = @{ denied = @('PartiQLUpdate') } }
        @{ How = 'one by one'; Fault = @{ deniedStatements = @('PartiQLUpdate') } }
    ) {
        $table = New-FilledTable 200
        Reset-LocalAws
        Set-Fault $Fault
        $caught = Invoke-Caught { 0..199 | ForEach-Object { [pscustomobject]@{ id = "k$_"; v = 7 } } | Update-DdbBatch $table @connection -Verbose }
        $caught.Errors | Should -HaveCount 0
        $summary = $caught.Output[0]
        Assert-Invariant $summary
        $summary.Succeeded | Should -Be 200
        @($caught.Verbose | Where-Object { "$_" -match 'PartiQLUpdate' }) | Should -HaveCount 1
        Get-Requests UpdateItem | Should -HaveCount 200
        @(Get-StoredItems $table | Where-Object { $_.v.N -eq '7' }) | Should -HaveCount 200
    }

    It 'falls back to PutItem where inserts as statements are denied' {
        $table = New-FilledTable 10
        Set-Fault @{ denied = @('PartiQLInsert') }
        $caught = Invoke-Caught { 5..14 | ForEach-Object { [pscustomobject]@{ id = "k$_"; v = 7 } } | Write-DdbBatch $table @connection -NoClobber }
        Get-ErrorIds $caught | Should -Be (, 'DuplicateItem' * 5)
        @(Get-StoredItems $table | Where-Object { $_.v.N -eq '7' }).id.S | Sort-Object | Should -Be 'k10', 'k11', 'k12', 'k13', 'k14'
    }

    It 'ends with AccessDenied where UpdateItem is denied too' {
        $table = New-FilledTable 30
        Set-Fault @{ denied = @('PartiQLUpdate', 'UpdateItem') }
        $caught = Invoke-Caught { 0..29 | ForEach-Object { [pscustomobject]@{ id = "k$_"; v = 7 } } | Update-DdbBatch $table @connection }
        $caught.Ended.FullyQualifiedErrorId | Should -Match '^AccessDenied,'
        $caught.Ended.Exception.Message | Should -Match 'dynamodb:UpdateItem'
        (Get-ToldCounts $caught.Ended.Exception.Message).NotSent | Should -Be 30
    }

    It 'tells the item that the service refuses from those that it takes' {
        $table = New-FilledTable 30
        @{ id = 'k5'; big = 'x' * 300000 } | Write-DdbBatch $table @connection | Out-Null
        $caught = Invoke-Caught { 0..29 | ForEach-Object { [pscustomobject]@{ id = "k$_"; text = 'y' * $(if ($_ -eq 5) { 200000 } else { 10 }) } } | Update-DdbBatch $table @connection }
        Get-ErrorIds $caught | Should -Be 'ItemRejected'
        $caught.Errors[0].TargetObject.id | Should -Be 'k5'
        $caught.Output[0].Succeeded | Should -Be 29
    }
}

Describe 'Counters' {
    BeforeEach { Reset-LocalAws }

    It 'grow by the value of the object, also where a CSV file has it as text' {
        $table = New-FilledTable 2 @{ visits = 10 }
        $summary = "id,visits,note`nk0,5,x`nk1,-3,y`nk0,0.5,z" | ConvertFrom-Csv | Update-DdbBatch $table @connection -Increment visits
        $summary.Succeeded | Should -Be 3
        $item = Get-StoredItem $table k0
        $item.visits.N | Should -Be '15.5'
        $item.note.S | Should -Be 'z'
        (Get-StoredItem $table k1).visits.N | Should -Be '7'
    }

    It 'grow by a fixed amount, whatever the object has of that name' {
        $table = New-FilledTable 1 @{ visits = 10 }
        (@{ id = 'k0'; visits = 99; seen = 'now' } | Update-DdbBatch $table @connection -Increment @{ visits = 1; 'odd name' = 2.5 }).Succeeded | Should -Be 1
        $item = Get-StoredItem $table k0
        $item.visits.N | Should -Be '11'
        $item.'odd name'.N | Should -Be '2.5'
        $item.seen.S | Should -Be 'now'
    }

    It 'of one key all count' {
        $table = New-FilledTable 1
        (1..100 | ForEach-Object { 'k0' } | Update-DdbBatch $table @connection -Increment @{ v = 1 }).Succeeded | Should -Be 100
        (Get-StoredItem $table k0).v.N | Should -Be '100'
    }

    It 'are exact where eight runspaces count at once' {
        $table = New-FilledTable 4
        $manifest = Get-ModulePath
        $summaries = 1..8 | ForEach-Object -ThrottleLimit 8 -Parallel {
            Import-Module $using:manifest
            $connection = $using:connection
            1..20 | ForEach-Object { "k$($_ % 4)" } | Update-DdbBatch $using:table @connection -Increment @{ v = 1 }
        }
        Assert-Invariant $summaries
        ($summaries | Measure-Object Succeeded -Sum).Sum | Should -Be 160
        @(Get-StoredItems $table).v.N | Should -Be '40', '40', '40', '40'
    }
}

Describe 'Conditions' {
    BeforeEach { Reset-LocalAws }

    It 'guard every update, and tell what was met' {
        $table = New-FilledTable 3 @{ status = 'open'; v = 1 }
        @{ id = 'k1'; status = 'closed' } | Update-DdbBatch $table @connection | Out-Null
        $caught = Invoke-Caught {
            'k0', 'k1', 'k9' | ForEach-Object { [pscustomobject]@{ id = $_; note = 'x' } } |
                Update-DdbBatch $table @connection -Condition '#s = :s AND (v = :v OR v = :w)' -ConditionName @{ '#s' = 'status' } -ConditionValue @{ ':s' = 'open'; ':v' = 1; ':w' = 2 }
        }
        $found = @{}
        foreach ($record in $caught.Errors) { $found[$record.TargetObject.id] = ($record.FullyQualifiedErrorId -split ',')[0], "$($record.CategoryInfo.Category)" }
        $found['k1'] | Should -Be 'ConditionFailed', 'InvalidOperation'
        $found['k9'] | Should -Be 'ItemNotFound', 'ObjectNotFound'
        Assert-Invariant $caught.Output
        $caught.Output.Succeeded | Should -Be 1
        @(Get-StoredItems $table | Where-Object { $_.Contains('note') }).id.S | Should -Be 'k0'
    }

    It 'cannot open the guard that the item exists' {
        $table = New-FilledTable 1
        $caught = Invoke-Caught { @{ id = 'k9'; note = 'x' } | Update-DdbBatch $table @connection -Condition 'v = :v OR attribute_not_exists(v)' -ConditionValue @{ ':v' = 1 } }
        Get-ErrorIds $caught | Should -Be 'ItemNotFound'
        (@{ id = 'k9'; note = 'x' } | Update-DdbBatch $table @connection -Upsert -Condition 'v = :v OR attribute_not_exists(v)' -ConditionValue @{ ':v' = 1 }).Succeeded | Should -Be 1
    }

    It 'lock optimistically by -MatchProperty and -Increment' {
        $table = New-FilledTable 2 @{ version = 3 }
        $mine = [pscustomobject]@{ id = 'k0'; version = 3; note = 'mine' }
        $theirs = [pscustomobject]@{ id = 'k0'; version = 3; note = 'theirs' }
        ($mine | Update-DdbBatch $table @connection -MatchProperty version -Increment @{ version = 1 }).Succeeded | Should -Be 1
        $caught = Invoke-Caught { $theirs | Update-DdbBatch $table @connection -MatchProperty version -Increment @{ version = 1 } }
        Get-ErrorIds $caught | Should -Be 'ConditionFailed'
        $item = Get-StoredItem $table k0
        $item.version.N | Should -Be '4'
        $item.note.S | Should -Be 'mine'
    }

    It 'say so where text is compared with a number' {
        $table = New-FilledTable 1 @{ version = 3 }
        $caught = Invoke-Caught { "id,version,note`nk0,3,x" | ConvertFrom-Csv | Update-DdbBatch $table @connection -MatchProperty version }
        $caught.Errors[0].Exception.Message | Should -Match "'version' is N in the table and S in the object.*-AttributeType"
        ("id,version,note`nk0,3,x" | ConvertFrom-Csv | Update-DdbBatch $table @connection -MatchProperty version -AttributeType @{ version = 'N' }).Succeeded | Should -Be 1
    }
}

Describe 'One bad object among good ones: <Name>' -ForEach @(
    @{ Name = 'only the key'; Bad = { [pscustomobject]@{ id = 'k1' } }; Id = 'ValueNotSupported'; Message = 'nothing to change' }
    @{ Name = 'a bare key'; Bad = { 'k1' }; Id = 'ValueNotSupported'; Message = 'nothing to change' }
    @{ Name = 'no key'; Bad = { @{ v = 1 } }; Id = 'KeyAttributeMissing'; Message = "'id'" }
    @{ Name = 'a list'; Bad = { , @(1, 2) }; Id = 'ValueNotSupported'; Message = 'System.Object\[\]' }
    @{ Name = 'no number to count by'; Bad = { [pscustomobject]@{ id = 'k1'; n = 'many' } }; Id = 'ValueNotSupported'; Message = "'n'.*number"; Parameter = @{ Increment = 'n' } }
    @{ Name = 'nothing to count by'; Bad = { [pscustomobject]@{ id = 'k1'; v = 1 } }; Id = 'ValueNotSupported'; Message = "'n' to increment by"; Parameter = @{ Increment = 'n' } }
    @{ Name = 'a counter that is text in the table'; Bad = { [pscustomobject]@{ id = 'text'; n = 1 } }; Id = 'ItemRejected'; Message = 'data type'; Parameter = @{ Increment = 'n' } }
    @{ Name = 'nothing to match'; Bad = { [pscustomobject]@{ id = 'k1'; v = 1 } }; Id = 'ValueNotSupported'; Message = "'n', which -MatchProperty"; Parameter = @{ MatchProperty = 'n' } }
    @{ Name = 'too many attributes'; Id = 'ItemRejected'; Message = '4 KB'
        Bad = { $many = [ordered]@{ id = 'k1' }; 1..600 | ForEach-Object { $many["an.attribute$_"] = 1 }; [pscustomobject] $many }
    }
    @{ Name = 'an empty index key'; Bad = { [pscustomobject]@{ id = 'k1'; mail = '' } }; Id = 'KeyAttributeInvalid'; Message = '-EmptyString Omit' }
) {
    It 'is one error, and the others are updated' {
        $table = New-FilledTable 20 @{ n = 1 } @{ IndexKey = 'mail' }
        @{ id = 'text'; n = 'text' } | Write-DdbBatch $table @connection | Out-Null
        $rows = [Collections.Generic.List[object]] @(2..19 | ForEach-Object { [pscustomobject]@{ id = "k$_"; n = 1; w = $_ } })
        $object = & $Bad
        $rows.Insert(7, $object)
        $more = if ($_.ContainsKey('Parameter')) { $_.Parameter } else { @{} }
        $caught = Invoke-Caught { $rows | Update-DdbBatch $table @connection @more }
        $caught.Ended | Should -BeNullOrEmpty
        Get-ErrorIds $caught | Should -Be $Id
        $caught.Errors[0].Exception.Message | Should -Match $Message
        $caught.Errors[0].Exception.Message | Should -Not -Match 'would replace'
        Assert-Invariant $caught.Output
        $caught.Output.Failed | Should -Be 1
        $caught.Output.Succeeded | Should -Be 18
        @(Get-StoredItems $table | Where-Object { $_.Contains('w') }) | Should -HaveCount 18
    }
}

Describe 'Parameters that cannot be used end the command before anything is sent: <Name>' -ForEach @(
    @{ Name = 'a placeholder without a value'; Parameter = @{ Condition = 'v = :w'; ConditionValue = @{ ':v' = 1 } }; Message = ":w.*-ConditionValue" }
    @{ Name = 'a placeholder without a name'; Parameter = @{ Condition = '#v = :v'; ConditionValue = @{ ':v' = 1 } }; Message = "#v.*-ConditionName" }
    @{ Name = 'a value that is not used'; Parameter = @{ Condition = 'v = :v'; ConditionValue = @{ ':v' = 1; ':w' = 2 } }; Message = ":w.*not use" }
    @{ Name = 'a value without its colon'; Parameter = @{ Condition = 'v = :v'; ConditionValue = @{ v = 1 } }; Message = "starts with ':'" }
    @{ Name = 'a value without a condition'; Parameter = @{ ConditionValue = @{ ':v' = 1 } }; Message = '-Condition' }
    @{ Name = 'a value that has no form'; Parameter = @{ Condition = 'v = :v'; ConditionValue = @{ ':v' = { 1 } } }; Message = ':v' }
    @{ Name = 'an amount that is no number'; Parameter = @{ Increment = @{ v = '1' } }; Message = "'v' is not a number" }
    @{ Name = 'counted and removed'; Parameter = @{ Increment = @{ v = 1 }; RemoveAttribute = 'v' }; Message = 'not both' }
    @{ Name = 'both images'; Parameter = @{ ReturnOld = $true; ReturnNew = $true }; Message = 'exclude each other' }
    @{ Name = 'an image of a transaction'; Parameter = @{ ExactlyOnce = $true; ReturnNew = $true }; Message = '-ExactlyOnce' }
    @{ Name = 'input and image'; Parameter = @{ PassThru = $true; ReturnNew = $true }; Message = 'Choose one'; Id = 'OutputNotClear' }
    @{ Name = 'the key is removed'; Parameter = @{ RemoveAttribute = 'id' }; Message = "-RemoveAttribute names 'id'"; Id = 'KeyAttributeInvalid' }
    @{ Name = 'the key is counted'; Parameter = @{ Increment = 'id' }; Message = "-Increment names 'id'"; Id = 'KeyAttributeInvalid' }
    @{ Name = 'the key is matched'; Parameter = @{ MatchProperty = 'id' }; Message = "-MatchProperty names 'id'"; Id = 'KeyAttributeInvalid' }
) {
    It 'says what is wrong' {
        $table = New-FilledTable 1
        Reset-LocalAws
        $parameter = $_.Parameter
        $caught = Invoke-Caught { [pscustomobject]@{ id = 'k0'; v = 5 } | Update-DdbBatch $table @connection @parameter }
        $wanted = if ($_.ContainsKey('Id')) { $_.Id } else { 'UpdateParameterNotValid' }
        $caught.Ended.FullyQualifiedErrorId | Should -Match "^$wanted,"
        $caught.Ended.Exception.Message | Should -Match $Message
        (Get-ServerStats).mutating | Should -Be 0
    }
}

Describe '-NoClobber' {
    BeforeEach { Reset-LocalAws }

    It 'puts only where no item is, and makes an error of each other object' {
        $table = New-FilledTable 10
        $caught = Invoke-Caught { 5..14 | ForEach-Object { [pscustomobject]@{ id = "k$_"; v = 7; "a$(if ($_ % 2) { '.' })b" = 1 } } | Write-DdbBatch $table @connection -NoClobber }
        Get-ErrorIds $caught | Should -Be (, 'DuplicateItem' * 5)
        $caught.Errors[0].CategoryInfo.Category | Should -Be 'ResourceExists'
        $caught.Errors.TargetObject.id | Sort-Object | Should -Be 'k5', 'k6', 'k7', 'k8', 'k9'
        Assert-Invariant $caught.Output
        $caught.Output.Succeeded | Should -Be 5
        $stored = @(Get-StoredItems $table)
        $stored | Should -HaveCount 15
        @($stored | Where-Object { $_.v.N -eq '7' }) | Should -HaveCount 5
    }

    It 'keeps the first of several objects of one key' {
        $table = New-Table
        $caught = Invoke-Caught { 1..4 | ForEach-Object { [pscustomobject]@{ id = 'a'; v = $_ } } | Write-DdbBatch $table @connection -NoClobber }
        Get-ErrorIds $caught | Should -Be (, 'DuplicateItem' * 3)
        (Get-StoredItem $table a).v.N | Should -Be '1'
    }
}

Describe '-FailedItemPath' {
    It 'has a line of each update or insert that was not made, which says which it was' {
        $table = New-FilledTable 2
        $file = Join-Path $TestDrive 'updates.jsonl'
        $rows = @{ id = 'none'; 'a.b' = @([byte[]] (1, 2), $null) }, @{ id = 'k0' }, @{ v = 1 }, @{ id = 'k1'; v = 5 }
        $rows | Update-DdbBatch $table @connection -FailedItemPath $file -ErrorAction SilentlyContinue | Out-Null
        $lines = @(Get-Content $file | ConvertFrom-Json)
        $lines | Should -HaveCount 3
        $lines.Verb | Should -Be 'Update', 'Update', 'Update'
        $lines.Reason | Sort-Object | Should -Be 'ItemNotFound', 'KeyAttributeMissing', 'ValueNotSupported'
        $item = ($lines | Where-Object Reason -eq 'ItemNotFound').Item
        $item.'a.b'.L[0].B | Should -Be 'AQI='
        $item.id.S | Should -Be 'none'
        ($lines | Where-Object Reason -eq 'ValueNotSupported').Key.id.S | Should -Be 'k0'
        @{ id = 'k0'; v = 9 } | Write-DdbBatch $table @connection -NoClobber -FailedItemPath $file -Force -ErrorAction SilentlyContinue | Out-Null
        $line = Get-Content $file | ConvertFrom-Json
        "$($line.Verb) $($line.Reason) $($line.Item.v.N)" | Should -Be 'Insert DuplicateItem 9'
    }
}

Describe 'Endings' {
    BeforeEach { Reset-LocalAws }
    AfterEach { Reset-LocalAws }

    It 'Select-Object -First: what was accepted is written' {
        $table = New-FilledTable 300
        $caught = Invoke-Caught { 0..299 | ForEach-Object { [pscustomobject]@{ id = "k$_"; v = 1 } } | Update-DdbBatch $table @connection -ReturnNew | Select-Object -First 3 }
        $caught.Output | Should -HaveCount 3
        $told = Get-ToldCounts $caught.Warnings
        $told.Succeeded | Should -Be $told.Accepted
        @(Get-StoredItems $table | Where-Object { $_.v.N -eq '1' }) | Should -HaveCount $told.Succeeded
    }

    It '-ErrorAction Stop, and an error downstream: the counts add up' {
        $table = New-FilledTable 50
        $file = Join-Path $TestDrive 'stop.jsonl'
        $caught = Invoke-Caught { 0..50 | ForEach-Object { [pscustomobject]@{ id = "k$_"; v = 1 } } | Update-DdbBatch $table @connection -Increment v -ErrorAction Stop -FailedItemPath $file }
        $caught.Ended.FullyQualifiedErrorId | Should -Match '^ItemNotFound,'
        $sum = (Get-StoredItems $table | ForEach-Object { [int] $_.v.N } | Measure-Object -Sum).Sum
        $sum | Should -Be 50
        $caught = Invoke-Caught { 0..49 | ForEach-Object { "k$_" } | Update-DdbBatch $table @connection -Increment @{ v = 1 } -PassThru | ForEach-Object { throw 'downstream' } }
        "$($caught.Ended)" | Should -Be 'downstream'
    }

    It 'Ctrl+C: counters in flight are Unknown, the others NotSent, each in the file' {
        $table = New-FilledTable 300
        $file = Join-Path $TestDrive 'interrupted.jsonl'
        Set-Fault @{ operations = @{ UpdateItem = @{ chance = @{ hangAfter = 1 } } } }
        $stopped = Invoke-Interrupted -Variable @{ connection = $connection; table = $table; file = $file } -Until { @(Get-Requests UpdateItem).Count -gt 4 } -Script (
            '0..299 | ForEach-Object { "k$_" } | Update-DdbBatch $table @connection -Increment @{ v = 1 } -FailedItemPath $file')
        $stopped.State | Should -Be 'Stopped'
        $stopped | Assert-EndedSoon
        $told = Get-ToldCounts $stopped.Said
        $told.Unknown | Should -BeGreaterThan 0
        $told.Unknown + $told.NotSent | Should -Be $told.Accepted
        $reasons = Get-Content $file | ConvertFrom-Json | Group-Object Reason -AsHashTable -AsString
        @($reasons['OutcomeUnknown']).Count + @($reasons['NotSent']).Count | Should -Be $told.Accepted
        (Get-StoredItems $table | ForEach-Object { [int] $_.v.N } | Measure-Object -Sum).Sum | Should -BeLessOrEqual $told.Unknown
    }
}

Describe 'A faulty service, seed <_>' -ForEach $seeds {
    BeforeEach { Reset-LocalAws }
    AfterEach { Reset-LocalAws }

    It 'does not keep updates from ending exactly right, each key in order' {
        $table = New-FilledTable 150
        Set-UpdateFault $_
        $summary = 1..3 | ForEach-Object { $round = $_; 0..149 | ForEach-Object { [pscustomobject]@{ id = "k$_"; v = $round; "p$(if ($_ % 5 -eq 0) { '.' })$round" = $round } } } |
            Update-DdbBatch $table @connection
        Assert-Invariant $summary
        $summary.Succeeded | Should -Be 450 -Because "seed $_"
        Wait-LateWrite
        @(Get-StoredItems $table | Where-Object { $_.v.N -ne '3' -or $_.Count -ne 5 }) | Should -HaveCount 0 -Because "seed $_"
    }

    It 'leaves no counter further off than what is told as Unknown' {
        $table = New-FilledTable 150
        Set-UpdateFault $_
        $summary = 1..2 | ForEach-Object { 0..149 | ForEach-Object { "k$_" } } | Update-DdbBatch $table @connection -Increment @{ v = 1 } -ErrorAction SilentlyContinue -ErrorVariable bad
        Assert-Invariant $summary
        $summary.Succeeded + $summary.Unknown | Should -Be 300 -Because "seed $_"
        $summary.Unknown | Should -BeGreaterThan 0 -Because "seed $_"
        @($bad | Where-Object FullyQualifiedErrorId -like 'OutcomeUnknown,*') | Should -HaveCount $summary.Unknown
        $unknown = $bad.TargetObject | Group-Object -AsHashTable -AsString
        Wait-LateWrite
        foreach ($item in Get-StoredItems $table) {
            $sure = 2 - $(if ($unknown.ContainsKey($item.id.S)) { @($unknown[$item.id.S]).Count } else { 0 })
            [int] $item.v.N | Should -BeIn ($sure..2) -Because "seed $_, $($item.id.S)"
        }
    }

    It 'leaves no counter off with -ExactlyOnce, and nothing Unknown' {
        $table = New-FilledTable 150
        Set-UpdateFault $_
        $summary = 1..2 | ForEach-Object { 0..149 | ForEach-Object { "k$_" } } | Update-DdbBatch $table @connection -Increment @{ v = 1 } -ExactlyOnce
        Assert-Invariant $summary
        $summary.Succeeded | Should -Be 300 -Because "seed $_"
        Wait-LateWrite
        @(Get-StoredItems $table | Where-Object { $_.v.N -ne '2' }) | Should -HaveCount 0 -Because "seed $_"
    }

    It 'makes no false ConditionFailed and no false success of a condition' {
        $table = New-FilledTable 150 @{ v = 3 }
        0..49 | ForEach-Object { @{ id = "k$_"; v = 8 } } | Update-DdbBatch $table @connection | Out-Null
        Set-UpdateFault $_
        $caught = Invoke-Caught { 0..149 | ForEach-Object { [pscustomobject]@{ id = "k$_"; v = 4 } } | Update-DdbBatch $table @connection -Condition 'v = :v' -ConditionValue @{ ':v' = 3 } }
        Assert-Invariant $caught.Output
        Get-ErrorIds $caught | Select-Object -Unique | Should -Be 'ConditionFailed' -Because "seed $_"
        $caught.Errors | Should -HaveCount 50 -Because "seed $_"
        $caught.Output.Succeeded | Should -Be 100
        Wait-LateWrite
        @(Get-StoredItems $table | Where-Object { $_.v.N -eq '4' }) | Should -HaveCount 100 -Because "seed $_"
        @(Get-StoredItems $table | Where-Object { $_.v.N -eq '8' }) | Should -HaveCount 50 -Because "seed $_"
    }

    It 'makes no false DuplicateItem with -NoClobber, and clobbers nothing' {
        $table = New-FilledTable 50 @{ v = 99 }
        Set-UpdateFault $_
        $caught = Invoke-Caught { 0..199 | ForEach-Object { [pscustomobject]@{ id = "k$_"; v = 1.50; "a$(if ($_ % 4 -eq 0) { '.' })b" = 'x' } } | Write-DdbBatch $table @connection -NoClobber }
        Assert-Invariant $caught.Output
        Get-ErrorIds $caught | Select-Object -Unique | Should -Be 'DuplicateItem' -Because "seed $_"
        $caught.Errors | Should -HaveCount 50 -Because "seed $_"
        $caught.Output.Succeeded | Should -Be 150
        Wait-LateWrite
        @(Get-StoredItems $table | Where-Object { $_.v.N -eq '99' }) | Should -HaveCount 50 -Because "seed $_"
        Get-StoredCount $table | Should -Be 200
    }
}
