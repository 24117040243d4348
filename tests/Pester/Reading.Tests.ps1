# Read-DdbBatch and Read-DdbTable as users see them.
BeforeAll {
    Set-StrictMode -Version Latest
    $ErrorActionPreference = 'Continue'
    Import-Module "$PSScriptRoot/DynamoBatch.TestHelpers.psm1"
    Import-Module (Get-ModulePath)
    $null = Start-LocalAws
    $connection = Get-Connection

    function Get-Requests([string] $Operation) { @((Invoke-Control log -Method Get) | ForEach-Object { $_ } | Where-Object operation -eq $Operation) }

    # 300 items, k0 to k299, whose numbers are 0 to 299.
    function New-FilledTable([int] $Count = 300, [int] $Padding = 0) {
        $table = New-Table
        $pad = 'x' * $Padding
        $null = 0..($Count - 1) | ForEach-Object { [pscustomobject]@{ id = "k$_"; v = $_; size = 'L'; 'a.b c' = "w$_"; pad = $pad } } | Write-DdbBatch $table @connection
        $table
    }

    # An item as text; the order of a map's members means nothing.
    function Get-Spelling($Value) {
        if ($Value -is [Collections.IDictionary]) { return '{' + (@($Value.Keys | Sort-Object -CaseSensitive | ForEach-Object { "$_=" + (Get-Spelling $Value[$_]) }) -join ',') + '}' }
        if ($Value -is [Collections.IList]) { return '[' + (@($Value | ForEach-Object { Get-Spelling $_ }) -join ',') + ']' }
        "'$Value'"
    }

    $table = New-FilledTable
    $missing = 'ItemNotFound,DynamoBatch.Commands.ReadDdbBatchCommand'
}

AfterAll { Stop-LocalAws }

Describe 'Read-DdbBatch' {
    BeforeEach { Reset-LocalAws }

    It 'takes bare keys, and gives the items' {
        $items = 'k1', 'k2' | Read-DdbBatch $table @connection
        $items | Should -HaveCount 2
        ($items | Sort-Object v).id | Should -Be 'k1', 'k2'
        $items[0].v | Should -BeOfType ([long])
    }

    It 'takes objects that hold the key, and ignores what else they hold' {
        ([pscustomobject]@{ name = 'x'; id = 'k5'; v = @{ y = { } } } | Read-DdbBatch $table @connection).v | Should -Be 5
        (@{ id = 'k6' } | Read-DdbBatch $table @connection).v | Should -Be 6
    }

    It 'asks for 100 keys in a request' {
        (0..299 | ForEach-Object { "k$_" } | Read-DdbBatch $table @connection) | Should -HaveCount 300
        $asked = Get-Requests BatchGetItem | Measure-Object items -Sum -Maximum
        $asked.Sum, $asked.Maximum | Should -Be 300, 100
        # 3, and one more for each time that the input stalls.
        $asked.Count | Should -BeLessOrEqual 6
    }

    It 'asks for a repeated key once, and answers each time' {
        1..50 | ForEach-Object { 'k1', 'k2' } | Read-DdbBatch $table @connection | Should -HaveCount 100
        # And once more where the input stalls, and the answer is there before it goes on.
        foreach ($key in 'k1', 'k2') { (Invoke-Control keys -Method Get).reads."$table S:$key" | Should -BeIn (1..4) }
    }

    It 'keeps the order with -Ordered, whatever the service does' {
        Set-Fault @{ seed = 3; operations = @{ BatchGetItem = @{ chance = @{ unprocessedSome = 0.3; throttled = 0.1; error500Before = 0.1; cutBefore = 0.05 }; answerJitter = 30 } } }
        $items = 299..0 | ForEach-Object { "k$_" } | Read-DdbBatch $table @connection -Ordered
        $items.v | Should -Be (299..0)
    }

    It 'gives an error with the original object for a key without an item' {
        $wanted = [pscustomobject]@{ id = 'nobody'; note = 'mine' }
        $caught = Invoke-Caught { @([pscustomobject]@{ id = 'k1' }, $wanted) | Read-DdbBatch $table @connection }
        $caught.Output | Should -HaveCount 1
        $caught.Errors | Should -HaveCount 1
        $caught.Errors[0].FullyQualifiedErrorId | Should -Be $missing
        $caught.Errors[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $caught.Errors[0].TargetObject.note | Should -Be 'mine'
        "$($caught.Errors[0])" | Should -Match "id='nobody'.*$table"
    }

    It 'says nothing of it with -SkipMissing' {
        $caught = Invoke-Caught { 'k1', 'nobody' | Read-DdbBatch $table @connection -SkipMissing }
        $caught.Output | Should -HaveCount 1
        $caught.Errors | Should -HaveCount 0
    }

    It 'gives the named properties only, in that order, reserved words, dots and spaces among them' {
        $item = 'k7' | Read-DdbBatch $table @connection -Property v, size, 'a.b c'
        @($item.PSObject.Properties.Name) | Should -Be 'v', 'size', 'a.b c'
        $item.'a.b c' | Should -Be 'w7'
        @(('k7' | Read-DdbBatch $table @connection -Property id).PSObject.Properties.Name) | Should -Be @('id')
    }

    It 'routes keys by a property' {
        $other = New-FilledTable 3
        $items = @{ id = 'k1'; t = $table }, @{ id = 'k2'; t = $other }, @{ id = 'k2'; t = 'Nowhere-at-all' } |
            Read-DdbBatch -TableNameProperty t @connection -ErrorVariable bad -ErrorAction SilentlyContinue
        $items | Should -HaveCount 2
        $bad | Should -HaveCount 1
        $bad[0].FullyQualifiedErrorId | Should -Match '^TableNotFound,'
    }

    It 'gives an error for what holds no key, and goes on' {
        $caught = Invoke-Caught { @([pscustomobject]@{ ID = 'k1' }, 'k2') | Read-DdbBatch $table @connection }
        $caught.Output.id | Should -Be 'k2'
        $caught.Errors[0].FullyQualifiedErrorId | Should -Match '^KeyAttributeMissing,'
        "$($caught.Errors[0])" | Should -Match 'case matters'
    }

    It 'gives an error for each key when it gives up' {
        Set-Fault @{ operations = @{ BatchGetItem = @{ chance = @{ throttled = 1 } } } }
        $caught = Invoke-Caught { 'k1', 'k2' | Read-DdbBatch $table @connection -RetryTimeout 0.5 }
        $caught.Errors | Should -HaveCount 2
        $caught.Errors.FullyQualifiedErrorId | ForEach-Object { $_ | Should -Match '^ItemUnprocessed,' }
        $caught.Errors.TargetObject | Sort-Object | Should -Be 'k1', 'k2'
    }

    It 'ends with a terminating error that tells the counts where access is denied' {
        Set-Fault @{ denied = @('BatchGetItem') }
        $caught = Invoke-Caught { 1..500 | ForEach-Object { "k$_" } | Read-DdbBatch $table @connection }
        $caught.Ended.FullyQualifiedErrorId | Should -Match '^AccessDenied,'
        "$($caught.Ended)" | Should -Match 'Accepted [\d,]+ keys: 0 found'
        $caught.Errors | Should -HaveCount 0
    }

    It 'tells the counts in a warning when it is ended early' {
        $caught = Invoke-Caught { 0..299 | ForEach-Object { if ($_ -eq 250) { throw 'upstream' }; "k$_" } | Read-DdbBatch $table @connection }
        "$($caught.Ended)" | Should -Match 'upstream'
        "$($caught.Warnings)" -match 'Accepted (\d+) keys: (\d+) found, 0 missing, 0 failed, (\d+) not read' | Should -BeTrue
        [int] $Matches[2] + [int] $Matches[3] | Should -Be ([int] $Matches[1])
    }

    It 'says nothing when Select-Object -First has enough' {
        $caught = Invoke-Caught { 0..299 | ForEach-Object { "k$_" } | Read-DdbBatch $table @connection | Select-Object -First 2 }
        $caught.Output | Should -HaveCount 2
        $caught.Warnings | Should -HaveCount 0
    }

    It 'ends a wrong table name before any key comes' {
        { @() | Read-DdbBatch Nowhere-at-all @connection -ErrorAction Stop } | Should -Throw -ErrorId 'TableNotFound,*'
    }

    It 'asks for consistent reads with -ConsistentRead' {
        Set-Fault @{ staleReads = @{ } }
        ('k1' | Read-DdbBatch $table @connection -ConsistentRead).v | Should -Be 1
    }
}

Describe 'Read-DdbTable' {
    BeforeEach { Reset-LocalAws }

    It 'gives every item once' {
        $items = Read-DdbTable $table @connection
        $items | Should -HaveCount 300
        ($items | Sort-Object v).v | Should -Be (0..299)
    }

    It 'reads a page and no more for Select-Object -First' {
        $big = New-FilledTable 1000 -Padding 3000
        Reset-LocalAws
        Read-DdbTable $big @connection | Select-Object -First 5 | Should -HaveCount 5
        Get-Requests Scan | Should -HaveCount 1
    }

    It 'gives exactly the -First items, and looks at no others' {
        Read-DdbTable $table @connection -First 7 -Verbose 4>&1 | Tee-Object -Variable all | Where-Object { $_ -isnot [Management.Automation.VerboseRecord] } | Should -HaveCount 7
        "$all" | Should -Match '\(7 looked at\)'
    }

    It 'gives the table by its segments' {
        $ids = 0..3 | ForEach-Object { Read-DdbTable $table @connection -Segment $_ -TotalSegment 4 } | ForEach-Object id
        $ids | Should -HaveCount 300
        ($ids | Sort-Object -Unique) | Should -HaveCount 300
    }

    It 'takes a filter with values and names, and a projection' {
        $items = Read-DdbTable $table @connection -Filter '#s = :l and v < :v' -FilterName @{ '#s' = 'size' } -FilterValue @{ ':l' = 'L'; ':v' = 10 } -Property v
        ($items.v | Sort-Object) | Should -Be (0..9)
        @($items[0].PSObject.Properties.Name) | Should -Be @('v')
    }

    It 'survives faults without losing or repeating an item' {
        Set-Fault @{ seed = 5; operations = @{ Scan = @{ chance = @{ throttled = 0.2; error500Before = 0.1; cutAfter = 0.1; truncatedAnswer = 0.1; garbledAnswer = 0.1 } } } }
        $items = Read-DdbTable $table @connection -TotalSegment 20
        ($items | Sort-Object v).v | Should -Be (0..299)
    }

    It 'ends with an error that names the table, and never early in silence' {
        Set-Fault @{ operations = @{ Scan = @{ chance = @{ throttled = 1 } } } }
        $caught = Invoke-Caught { Read-DdbTable $table @connection -RetryTimeout 0.3 -Segment 1 -TotalSegment 2 }
        $caught.Ended.FullyQualifiedErrorId | Should -Match '^ItemUnprocessed,'
        "$($caught.Ended)" | Should -Match "table '$table', segment 1 of 2"
    }

    It 'ends at once on Ctrl+C, also where nothing is answered' {
        Set-Fault @{ operations = @{ Scan = @{ chance = @{ hang = 1 } } } }
        $stopped = Invoke-Interrupted -Variable @{ table = $table; connection = $connection } -Script 'Read-DdbTable $table @connection' -Until {
            (ConvertTo-Json (Get-ServerStats) -Depth 5) -match '"Scan"'
        }
        $stopped.State | Should -Be 'Stopped'
        $stopped | Assert-EndedSoon
    }

    Context 'a part of a table with a number as sort key' {
        BeforeAll {
            $series = New-Table -Key device -SortKey at -SortKeyType N
            $null = 1..40 | ForEach-Object { @{ device = "d$($_ % 2)"; at = $_; text = "t$_" } } | Write-DdbBatch $series @connection
        }

        It 'is the items of a partition key, in order' {
            (Read-DdbTable $series @connection -PartitionKey d1).at | Should -Be (1..40 | Where-Object { $_ % 2 })
        }

        It 'is bounded by sort keys, which belong to it' {
            (Read-DdbTable $series @connection -PartitionKey d0 -SortKeyFrom 10 -SortKeyTo '14').at | Should -Be 10, 12, 14
            (Read-DdbTable $series @connection -PartitionKey d0 -SortKeyFrom 38).at | Should -Be 38, 40
            (Read-DdbTable $series @connection -PartitionKey d0 -SortKeyTo 4).at | Should -Be 2, 4
            (Read-DdbTable $series @connection -PartitionKey d0 -SortKey 6).text | Should -Be 't6'
        }

        It 'comes in descending order too' {
            (Read-DdbTable $series @connection -PartitionKey d1 -Descending -First 3).at | Should -Be 39, 37, 35
        }

        It 'refuses a sort key of another type' {
            { Read-DdbTable $series @connection -PartitionKey d1 -SortKey soon } | Should -Throw -ErrorId 'KeyAttributeInvalid,*'
            { Read-DdbTable $series @connection -PartitionKey d1 -SortKeyPrefix 1 } | Should -Throw '*no prefix*'
        }

        It 'takes a prefix of a text sort key' {
            $paths = New-Table -Key pk -SortKey path
            $null = 'a/1', 'a/2', 'b/1' | ForEach-Object { @{ pk = 'x'; path = $_ } } | Write-DdbBatch $paths @connection
            (Read-DdbTable $paths @connection -PartitionKey x -SortKeyPrefix 'a/').path | Should -Be 'a/1', 'a/2'
            { Read-DdbTable $paths @connection -PartitionKey x -SortKeyPrefix a -SortKey b } | Should -Throw -ErrorId 'AmbiguousParameterSet,*'
        }
    }

    Context 'an index' {
        BeforeAll {
            $indexed = New-Table -IndexKey city
            $null = 1..30 | ForEach-Object { @{ id = "k$_"; city = "c$($_ % 3)" } } | Write-DdbBatch $indexed @connection
        }

        It 'is scanned and queried by its name' {
            Read-DdbTable $indexed @connection -IndexName byIndex | Should -HaveCount 30
            Read-DdbTable $indexed @connection -IndexName byIndex -PartitionKey c1 | Should -HaveCount 10
        }

        It 'is told with those that there are where it is not there' {
            { Read-DdbTable $indexed @connection -IndexName byindex } | Should -Throw "*'byIndex'*" -ErrorId 'IndexNotFound,*'
        }

        It 'knows no consistent reads' {
            { Read-DdbTable $indexed @connection -IndexName byIndex -ConsistentRead } | Should -Throw -ErrorId 'ConsistentReadNotPossible,*'
        }
    }

    It 'says how to name an attribute whose name is a reserved word' {
        { Read-DdbTable $table @connection -Filter 'name = :n' -FilterValue @{ ':n' = 'x' } } | Should -Throw '*name*-FilterName*' -ErrorId 'FilterNotValid,*'
    }

    It 'refuses a script block for an expression, and says where one belongs' {
        { Read-DdbTable $table @connection -Filter { $_.v -gt 1 } } | Should -Throw '*Where-Object*'
        { @{ id = 'a'; v = 1 } | Update-DdbBatch $table @connection -Condition { $_.v -gt 1 } } | Should -Throw '*Where-Object*'
    }

    It 'tells what is wrong with a filter in the words of the service' {
        { Read-DdbTable $table @connection -Filter 'v = = :b' -FilterValue @{ ':b' = 1 } } | Should -Throw '*FilterExpression*' -ErrorId 'FilterNotValid,*'
    }

    It 'refuses placeholders of a filter that are not explained, not used or none, without asking the service' {
        $nowhere = @{ EndpointUrl = 'http://127.0.0.1:9'; Region = 'eu-west-1'; AccessKey = 'a'; SecretKey = 'b' }
        { Read-DdbTable $table @nowhere -Filter 'v = :b' } | Should -Throw "*':b'*-FilterValue @{ ':b' = *" -ErrorId 'FilterNotValid,*'
        { Read-DdbTable $table @nowhere -Filter '#v = :b' -FilterValue @{ ':b' = 1 } } | Should -Throw "*'#v'*-FilterName @{ '#v' = *" -ErrorId 'FilterNotValid,*'
        { Read-DdbTable $table @nowhere -Filter 'v = :b' -FilterValue @{ b = 1 } } | Should -Throw "*'b' is no placeholder*" -ErrorId 'FilterNotValid,*'
        { Read-DdbTable $table @nowhere -Filter 'v = :_b' -FilterValue @{ ':_b' = 1 } } | Should -Throw "*':_b' is no placeholder*" -ErrorId 'FilterNotValid,*'
        { Read-DdbTable $table @nowhere -Filter 'v = :b' -FilterValue @{ ':b' = 1; ':c' = 2 } } | Should -Throw "*':c'*not use*" -ErrorId 'FilterNotValid,*'
        { Read-DdbTable $table @nowhere -FilterValue @{ ':b' = 1 } } | Should -Throw '*there is none*' -ErrorId 'FilterNotValid,*'
    }

    It 'takes placeholders of any name beside its own' {
        $asked = @{ FilterName = @{ '#partitionKey' = 'v' }; FilterValue = @{ ':sortKey' = -1 } }
        Read-DdbTable $table @connection -PartitionKey none -Property id, v -Filter '#partitionKey > :sortKey' @asked | Should -BeNullOrEmpty
    }

    It 'refuses a segment that is none' {
        { Read-DdbTable $table @connection -Segment 3 -TotalSegment 3 } | Should -Throw '*0 to 2*' -ErrorId 'SegmentNotValid,*'
        { Read-DdbTable $table @connection -Segment 1 } | Should -Throw '*-TotalSegment*' -ErrorId 'SegmentNotValid,*'
    }

    It 'copies a table exactly, every type: <Way>' -ForEach @(
        @{ Way = 'by objects'; Copy = { Read-DdbTable $from @connection | Write-DdbBatch $to @connection } }
        @{
            Way  = 'by lines, gzipped'
            Copy = {
                Read-DdbTable $from @connection | ConvertTo-DdbJson -Path "$TestDrive/copy.jsonl.gz" -Force
                ConvertFrom-DdbJson -Path "$TestDrive/copy.jsonl.gz" | Write-DdbBatch $to @connection
            }
        }
        @{ Way = 'by updates'; Copy = { Read-DdbTable $from @connection | Update-DdbBatch $to -Upsert @connection } }
    ) {
        $from = New-Table
        $to = New-Table
        $attributes = @(
            '"n":{"N":"12345678901234567890123456789012345678"},"d":{"N":"1.50"},"tiny":{"N":"-0.12345678901234567890123456789012345678"}'
            '"long":{"N":"-9223372036854775808"},"over":{"N":"9223372036854775808"},"zero":{"N":"0"},"e":{"N":"1E-130"}'
            '"t":{"BOOL":true},"f":{"BOOL":false},"none":{"NULL":true},"empty":{"S":""},"odd":{"S":"\u00e9 \"\\ \n\u0001 \ud83d\ude00"}'
            '"b":{"B":"AQID"},"noB":{"B":""},"ss":{"SS":["x","","X"]},"ns":{"NS":["1","0.5","12345678901234567890123456789012345678"]},"bs":{"BS":["AQ==","AQI="]}'
            '"l":{"L":[{"S":"1"},{"L":[]},{"M":{}},{"NULL":true},{"NS":["7"]}]},"m":{"M":{"a":{"M":{"b":{"L":[{"N":"7"}]}}},"":{"S":""}}}'
            '"name":{"S":"1"},"Name":{"S":"2"},"NAME":{"N":"3"},"m":{"M":{"x":{"N":"1"},"X":{"N":"2"}}}'
            '"PSObject":{"S":"a"},"psbase":{"S":"b"},"m":{"M":{"PSTypeNames":{"N":"1"}}}'
            '"Count":{"N":"1"},"Keys":{"S":"k"},"a.b":{"S":"1"},"[0]":{"S":"2"},"size":{"S":"reserved"},"time":{"S":"2026-11-20T10:15:00Z"}'
        )
        for ($i = 0; $i -lt $attributes.Count; $i++) {
            $null = Invoke-Ddb PutItem ('{"TableName":"' + $from + '","Item":{"id":{"S":"' + $i + '"},' + $attributes[$i] + '}}')
        }
        $summary = & $Copy
        $summary.Succeeded | Should -Be $attributes.Count
        for ($i = 0; $i -lt $attributes.Count; $i++) {
            Get-Spelling (Get-StoredItem $to "$i") | Should -BeExactly (Get-Spelling (Get-StoredItem $from "$i"))
        }
    }

    It 'keeps to a read cap' {
        $clock = [Diagnostics.Stopwatch]::StartNew()
        $said = Read-DdbTable (New-FilledTable 100 -Padding 4000) @connection -MaxReadCapacity 30 -Verbose 4>&1 | ForEach-Object { "$_" }
        "$said" -match '([\d.]+) read units' | Should -BeTrue
        $clock.Elapsed.TotalSeconds | Should -BeGreaterThan ([double] $Matches[1] / 30 - 2)
    }
}
