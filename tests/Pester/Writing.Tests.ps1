# What goes in, what is stored, and what the summary says of it.
BeforeDiscovery {
    # The whole IEEE register, where a file is given: 32,530 rows, a key of which appears three times and another twice.
    $noRegister = -not ($env:DYNAMOBATCH_OUI_CSV -and (Test-Path $env:DYNAMOBATCH_OUI_CSV))
    $noSample = -not (Test-Path "$PSScriptRoot/../data/oui-sample.csv")
}

BeforeAll {
    Set-StrictMode -Version Latest
    $ErrorActionPreference = 'Continue'
    Import-Module "$PSScriptRoot/DynamoBatch.TestHelpers.psm1"
    Import-Module (Get-ModulePath)
    $null = Start-LocalAws
    $connection = Get-Connection

    # What a CSV holds, as text, the last row of each key winning; and whether the table has just that.
    function Compare-Csv([string] $Path, [string] $TableName, [string] $Key) {
        $rows = Import-Csv $Path
        $wanted = [Collections.Generic.Dictionary[string, object]]::new([StringComparer]::Ordinal)
        foreach ($row in $rows) { $wanted[$row.$Key] = $row }
        $stored = @(Get-StoredItems $TableName)
        $stored.Count | Should -Be $wanted.Count
        $wrong = foreach ($item in $stored) {
            $row = $wanted[$item[$Key].S]
            $names = @($row.psobject.Properties.Name)
            if ($names.Count -ne $item.Count) { "$($row.$Key): $($item.Count) attributes" }
            foreach ($name in $names) {
                if ($item[$name].S -cne $row.$name) { "$($row.$Key).${name}: '$($item[$name].S)' is not '$($row.$name)'" }
            }
        }
        @($wrong) | Select-Object -First 5 | Should -BeNullOrEmpty
    }
}

AfterAll { Stop-LocalAws }

Describe 'Import-Csv | Write-DdbBatch' {
    It 'stores real rows exactly as the CSV has them' -Skip:$noSample {
        $sample = (Resolve-Path "$PSScriptRoot/../data/oui-sample.csv").Path
        $table = New-Table -Key Assignment
        $rows = @(Import-Csv $sample)
        $summary = Import-Csv $sample | Write-DdbBatch $table @connection
        Assert-Invariant $summary
        $summary.Accepted | Should -Be $rows.Count
        $summary.Succeeded + $summary.Replaced | Should -Be $rows.Count
        Compare-Csv $sample $table 'Assignment'
    }

    It 'stores the whole register' -Skip:$noRegister {
        $table = New-Table -Key Assignment
        $summary = Import-Csv $env:DYNAMOBATCH_OUI_CSV | Write-DdbBatch $table @connection
        Assert-Invariant $summary
        $summary.Accepted | Should -Be 32530
        $summary.Succeeded + $summary.Replaced | Should -Be 32530
        (Get-StoredItem $table @{ Assignment = @{ S = '080030' } }).'Organization Name'.S | Should -Be 'CERN'
        (Get-StoredItem $table @{ Assignment = @{ S = '0001C8' } }).'Organization Name'.S | Should -Be 'CONRAD CORP.'
        Compare-Csv $env:DYNAMOBATCH_OUI_CSV $table 'Assignment'
    }

    It 'keeps text that only looks like another type, commas, quotes, line breaks and Unicode' {
        $file = Join-Path $TestDrive 'odd.csv'
        $rows = @(
            [pscustomobject]@{ id = '007'; a = '1e5'; b = 'true'; c = 'x, "y"'; d = "two`nlines" }
            [pscustomobject]@{ id = 'ü'; a = ''; b = ' '; c = [char]::ConvertFromUtf32(0x1F600); d = "'" }
            [pscustomobject]@{ id = '3'; a = 'null'; b = '{}'; c = "a`tb"; d = '\' }
        )
        $rows | Export-Csv $file -Encoding utf8
        $table = New-Table
        (Import-Csv $file | Write-DdbBatch $table @connection).Succeeded | Should -Be 3
        Compare-Csv $file $table 'id'
    }

    It 'lets the last of rows with the same key win, and accounts for the others' {
        $table = New-Table
        $summary = New-Rows 1000 -Keys 90 | Write-DdbBatch $table @connection
        Assert-Invariant $summary
        $summary.Accepted | Should -Be 1000
        $summary.Succeeded + $summary.Replaced | Should -Be 1000
        $stored = Get-StoredVersions $table
        $stored.Count | Should -Be 90
        $wanted = @{}
        foreach ($row in New-Rows 1000 -Keys 90) { $wanted[$row.id] = $row.v }
        @($wanted.Keys | Where-Object { $stored[$_] -ne $wanted[$_] }) | Should -BeNullOrEmpty
    }

    It 'gives a summary of zero for an empty CSV' {
        $file = Join-Path $TestDrive 'empty.csv'
        Set-Content $file 'id,name'
        $table = New-Table
        $summary = Import-Csv $file | Write-DdbBatch $table @connection
        $summary | Should -HaveCount 1
        $summary.Accepted | Should -Be 0
        Assert-Invariant $summary
    }

    It 'reads keys as the type that the table says' {
        $table = New-Table -Key id -KeyType N -SortKey at -SortKeyType S
        $summary = "id,at,n`n42,2026,1`n0042,2027,2" | ConvertFrom-Csv | Write-DdbBatch $table @connection
        $summary.Succeeded | Should -Be 2
        (Get-StoredItem $table @{ id = @{ N = '42' }; at = @{ S = '2026' } }).n.S | Should -Be '1'
        (Get-StoredItem $table @{ id = @{ N = '42' }; at = @{ S = '2027' } }).n.S | Should -Be '2'
    }
}

Describe 'The summary' {
    It 'accounts for what went in, and says what it took' {
        $table = New-Table
        Reset-LocalAws
        $summary = New-Rows 500 | Write-DdbBatch $table @connection
        $summary | Should -HaveCount 1
        $summary.GetType().FullName | Should -Be 'DynamoBatch.Output.BatchSummary'
        Assert-Invariant $summary
        $summary.TableName | Should -Be $table
        $summary.Accepted | Should -Be 500
        $summary.Succeeded | Should -Be 500
        foreach ($none in 'Failed', 'Unknown', 'Replaced', 'NotSent', 'Skipped', 'Retries', 'Throttles') { $summary.$none | Should -Be 0 -Because $none }
        $requests = Get-WriteRequests
        $summary.Requests | Should -Be $requests.Count
        $summary.Requests | Should -BeGreaterOrEqual 20
        # id (2) and the key's 2 to 4 characters, v (1) and a number of about 2 bytes.
        $summary.Bytes | Should -BeGreaterThan 3000
        $summary.Bytes | Should -BeLessThan 6000
        $summary.ConsumedCapacity | Should -Be 500
        $summary.Elapsed | Should -BeOfType timespan
        $summary.Elapsed.TotalSeconds | Should -BeGreaterThan 0
        $summary.ItemsPerSecond | Should -BeGreaterThan 0
        $summary.WhatIf | Should -BeFalse
    }

    It 'is there for zero objects' {
        $table = New-Table
        $summary = @() | Write-DdbBatch $table @connection
        $summary | Should -HaveCount 1
        $summary.Accepted | Should -Be 0
    }

    It 'skips a piped $null, and says so in -Verbose' {
        $table = New-Table
        $caught = Invoke-Caught { @{ id = 'a' }, $null, @{ id = 'b' }, $null | Write-DdbBatch $table @connection -Verbose }
        $caught.Ended | Should -BeNullOrEmpty
        $caught.Errors | Should -HaveCount 0
        Assert-Invariant $caught.Output
        $caught.Output.Accepted | Should -Be 2
        $caught.Output.Succeeded | Should -Be 2
        $caught.Verbose -match '2.*null' | Should -Not -BeNullOrEmpty
    }

    It 'takes -InputObject $null, and one object by -InputObject' {
        $table = New-Table
        (Write-DdbBatch $table @connection -InputObject $null).Accepted | Should -Be 0
        (Write-DdbBatch $table @connection -InputObject @{ id = 'a' }).Succeeded | Should -Be 1
    }

    It 'tells in -Verbose the schema and the source of the credentials, and never a secret' {
        $table = New-Table
        $caught = Invoke-Caught {
            @{ id = 'a'; pin = 'item-content-4711' } |
                Write-DdbBatch $table -EndpointUrl $connection.EndpointUrl -Region us-east-1 -AccessKey AKIDVERBOSE -SecretKey very-secret-key -SessionToken token-secret -Verbose
        }
        $said = $caught.Verbose -join "`n"
        $said | Should -Match "partition key 'id'"
        $said | Should -Match 'credentials from'
        $said | Should -Not -Match 'very-secret-key|token-secret|item-content-4711'
    }

    It 'holds what -MaxWriteCapacity allows' {
        $table = New-Table
        $summary = New-Rows 300 | Write-DdbBatch $table @connection -MaxWriteCapacity 100
        Assert-Invariant $summary
        $summary.Succeeded | Should -Be 300
        # 300 units at 100 a second; the first second's units may leave at once.
        $summary.Elapsed.TotalSeconds | Should -BeGreaterThan 1.8
    }

    It 'never has more requests in flight than -ThrottleLimit' {
        $table = New-Table
        Reset-LocalAws
        Set-WriteFault -Latency 40
        $summary = New-Rows 500 | Write-DdbBatch $table @connection -ThrottleLimit 2
        $summary.Succeeded | Should -Be 500
        $top = (Get-ServerStats).maxInFlight
        Reset-LocalAws
        $top | Should -BeLessOrEqual 2
    }
}

Describe '-PassThru' {
    AfterEach { Reset-LocalAws }

    It 'emits each original object, the very same, once it is acknowledged' {
        $table = New-Table
        $rows = New-Rows 120
        $emitted = $rows | Write-DdbBatch $table @connection -PassThru
        $emitted | Should -HaveCount 120
        $marks = [Collections.Generic.HashSet[object]]::new([Collections.Generic.ReferenceEqualityComparer]::Instance)
        foreach ($row in $rows) { $null = $marks.Add($row) }
        foreach ($one in $emitted) { $marks.Remove($one) | Should -BeTrue }
        $marks.Count | Should -Be 0
    }

    It 'emits hashtables and class instances as they are' {
        $table = New-Table
        $map = @{ id = 'a' }
        $date = [version] '1.2'
        $emitted = @($map, [pscustomobject]@{ id = 'b'; v = $date }) | Write-DdbBatch $table @connection -PassThru
        $emitted | Should -HaveCount 2
        @($emitted | Where-Object { [object]::ReferenceEquals($_, $map) }) | Should -HaveCount 1
        ($emitted | Where-Object { $_ -isnot [hashtable] }).v | Should -BeOfType version
    }

    It 'puts the summary on the information stream, tagged DynamoBatch' {
        $table = New-Table
        $emitted = New-Rows 10 | Write-DdbBatch $table @connection -PassThru -InformationVariable told
        $emitted | Should -HaveCount 10
        @($told) | Should -HaveCount 1
        $told[0].Tags | Should -Contain 'DynamoBatch'
        $told[0].MessageData.GetType().FullName | Should -Be 'DynamoBatch.Output.BatchSummary'
        Assert-Invariant $told[0].MessageData
        $told[0].MessageData.Succeeded | Should -Be 10
    }

    It 'does not emit what was refused' {
        $table = New-Table
        $rows = @(New-Rows 24) + [pscustomobject]@{ ID = 'wrong' }
        $emitted = $rows | Write-DdbBatch $table @connection -PassThru -ErrorVariable bad -ErrorAction SilentlyContinue -InformationVariable told
        $emitted | Should -HaveCount 24
        @($bad) | Should -HaveCount 1
        @($emitted) + @($bad.TargetObject) | Should -HaveCount 25
        Assert-Invariant $told.MessageData
    }

    It 'emits only what is in the table by then' {
        $table = New-Table
        Set-WriteFault @{ unprocessedSome = 0.3; throttled = 0.1 } -Seed 3
        $checked = 0
        New-Rows 60 | Write-DdbBatch $table @connection -PassThru | ForEach-Object {
            if ($_.v % 10 -eq 0) { (Get-StoredItem $table $_.id).v.N | Should -Be "$($_.v)"; $checked++ }
        }
        $checked | Should -Be 6
    }

    It 'emits an item that a later one replaced only if it was acknowledged itself' {
        $table = New-Table
        $emitted = New-Rows 200 -Keys 20 | Write-DdbBatch $table @connection -PassThru -InformationVariable told
        $summary = $told.MessageData
        Assert-Invariant $summary
        @($emitted).Count | Should -Be $summary.Succeeded
        $summary.Succeeded + $summary.Replaced | Should -Be 200
    }
}

Describe 'Kinds of objects' {
    BeforeAll {
        $table = New-Table
        class Address { [string] $street; [string[]] $lines; hidden [string] $secret = 'x' }
        class Person { [string] $id; [int] $age; [Address] $address }
    }

    It 'stores a hashtable and an ordered dictionary' {
        $summary = @{ id = 'h'; n = 1; ok = $true; nothing = $null }, ([ordered]@{ id = 'o'; l = @(1, 'a', @(2)) }) | Write-DdbBatch $table @connection
        $summary.Succeeded | Should -Be 2
        $item = Get-StoredItem $table 'h'
        $item.n.N | Should -Be '1'
        $item.ok.BOOL | Should -BeTrue
        $item.nothing.NULL | Should -BeTrue
        $list = (Get-StoredItem $table 'o').l.L
        $list[0].N | Should -Be '1'
        $list[1].S | Should -Be 'a'
        $list[2].L[0].N | Should -Be '2'
    }

    It 'stores instances of classes, nested, without what is hidden' {
        $person = [Person]@{ id = 'p'; age = 5; address = [Address]@{ street = 'Main'; lines = 'a', 'b' } }
        ($person | Write-DdbBatch $table @connection).Succeeded | Should -Be 1
        $item = Get-StoredItem $table 'p'
        $item.age.N | Should -Be '5'
        $item.address.M.street.S | Should -Be 'Main'
        $item.address.M.lines.L[1].S | Should -Be 'b'
        $item.address.M.Contains('secret') | Should -BeFalse
    }

    It 'stores data rows by their columns' {
        $data = [Data.DataTable]::new()
        $null = $data.Columns.Add('id'), $data.Columns.Add('n', [int]), $data.Columns.Add('x')
        $null = $data.Rows.Add('d1', 5, 'a'), $data.Rows.Add('d2', [DBNull]::Value, 'b')
        ($data.Rows | Write-DdbBatch $table @connection).Succeeded | Should -Be 2
        (Get-StoredItem $table 'd1').n.N | Should -Be '5'
        (Get-StoredItem $table 'd2').n.NULL | Should -BeTrue
        (Get-StoredItem $table 'd1').Count | Should -Be 3
    }

    It 'stores nested objects of ConvertFrom-Json' {
        '{"id":"j","a":{"b":[1,2.5,{"c":null}],"d":true},"empty":{},"none":[]}' | ConvertFrom-Json | Write-DdbBatch $table @connection | Out-Null
        $item = Get-StoredItem $table 'j'
        $item.a.M.b.L[1].N | Should -Be '2.5'
        $item.a.M.b.L[2].M.c.NULL | Should -BeTrue
        $item.a.M.d.BOOL | Should -BeTrue
        $item.empty.M.Count | Should -Be 0
        $item.none.L.Count | Should -Be 0
    }

    It 'stores script properties and calculated properties' {
        $row = [pscustomobject]@{ id = 's'; a = 2 } | Add-Member -PassThru ScriptProperty twice { $this.a * 2 }
        $row, ([pscustomobject]@{ id = 'c'; a = 2 } | Select-Object id, @{ n = 'half'; e = { $_.a / 2 } }) | Write-DdbBatch $table @connection | Out-Null
        (Get-StoredItem $table 's').twice.N | Should -Be '4'
        (Get-StoredItem $table 'c').half.N | Should -Be '1'
    }

    It 'stores each .NET type as DESIGN 4 says' {
        [pscustomobject]@{
            id = 'types'; guid = [guid] '6f9619ff-8b86-d011-b42d-00c04fc964ff'; uri = [uri] 'http://a/b'; version = [version] '1.2.3'; char = [char] 'x'
            enum = [DayOfWeek]::Friday; big = [bigint]::Parse('12345678901234567890123'); dec = 1.10d; dbl = 0.1; sgl = [single] 0.1
            utc = [DateTime]::new(2026, 1, 2, 3, 4, 5, [DateTimeKind]::Utc); bare = [DateTime]::new(2026, 1, 2, 3, 4, 5); span = [timespan]::FromMinutes(90)
            offset = [DateTimeOffset]::new(2026, 1, 2, 3, 4, 5, [timespan]::FromHours(1)); bytes = [byte[]] (1, 2); stream = [IO.MemoryStream]::new([byte[]] (3, 4))
            ss = [Collections.Generic.HashSet[string]] @('a', 'b'); ns = [Collections.Generic.HashSet[int]] @(1, 2)
        } | Write-DdbBatch $table @connection | Out-Null
        $item = Get-StoredItem $table 'types'
        $item.guid.S | Should -Be '6f9619ff-8b86-d011-b42d-00c04fc964ff'
        $item.uri.S | Should -Be 'http://a/b'
        $item.version.S | Should -Be '1.2.3'
        $item.char.S | Should -Be 'x'
        $item.enum.S | Should -Be 'Friday'
        $item.big.N | Should -Be '12345678901234567890123'
        $item.dec.N | Should -Match '^1\.10?$'
        $item.dbl.N | Should -Be '0.1'
        $item.sgl.N | Should -Be '0.1'
        $item.utc.S | Should -Match '^2026-01-02T03:04:05(\.0+)?Z$'
        $item.offset.S | Should -Match '^2026-01-02T02:04:05(\.0+)?Z$'
        $item.bare.S | Should -Match '^2026-01-02T03:04:05(\.0+)?$'
        $item.span.S | Should -Be '01:30:00'
        $item.bytes.B | Should -Be 'AQI='
        $item.stream.B | Should -Be 'AwQ='
        $item.ss.SS | Sort-Object | Should -Be 'a', 'b'
        $item.ns.NS | Sort-Object | Should -Be '1', '2'
    }

    It 'warns once of text in the TTL attribute' {
        $ttl = New-Table -TtlAttribute expires
        $caught = Invoke-Caught {
            1..5 | ForEach-Object { [pscustomobject]@{ id = "$_"; expires = '2030-01-01'; made = [DateTime]::UnixEpoch } } | Write-DdbBatch $ttl @connection
        }
        $caught.Output.Succeeded | Should -Be 5
        @($caught.Warnings -match 'expires') | Should -HaveCount 1
        (Get-StoredItem $ttl '1').expires.S | Should -Be '2030-01-01'
    }

    It 'writes dates as text where the TTL attribute may not be asked, with one warning' {
        $plain = New-Table
        Set-Fault @{ denied = @('DescribeTimeToLive') }
        $caught = Invoke-Caught { 1..3 | ForEach-Object { [pscustomobject]@{ id = "$_"; made = [DateTime]::UnixEpoch } } | Write-DdbBatch $plain @connection }
        Reset-LocalAws
        $caught.Ended | Should -BeNullOrEmpty
        $caught.Output.Succeeded | Should -Be 3
        $caught.Warnings | Should -HaveCount 1
        (Get-StoredItem $plain '1').made.S | Should -Match '^1970-01-01T00:00:00'
    }

    It 'stores a date in the TTL attribute as epoch seconds' {
        $ttl = New-Table -TtlAttribute expires
        $caught = Invoke-Caught {
            [pscustomobject]@{ id = 'a'; expires = [DateTime]::new(2030, 1, 1, 0, 0, 0, [DateTimeKind]::Utc); made = [DateTime]::new(2030, 1, 1, 0, 0, 0, [DateTimeKind]::Utc) } |
                Write-DdbBatch $ttl @connection
        }
        $caught.Errors | Should -HaveCount 0
        $item = Get-StoredItem $ttl 'a'
        $item.expires.N | Should -Be '1893456000'
        $item.made.S | Should -Match '^2030-01-01T'
    }

    It 'keeps attribute names that differ by case' {
        $map = [Collections.Hashtable]::new([StringComparer]::Ordinal)
        $map['id'] = 'case'; $map['Name'] = '1'; $map['name'] = '2'
        , $map | Write-DdbBatch $table @connection | Out-Null
        $item = Get-StoredItem $table 'case'
        $item['Name'].S | Should -Be '1'
        $item['name'].S | Should -Be '2'
    }

    It 'takes the same object changed between two writes' {
        $row = [pscustomobject]@{ id = 'same'; v = 0 }
        $summary = 1..3 | ForEach-Object { $row.v = $_; $row } | Write-DdbBatch $table @connection
        $summary.Accepted | Should -Be 3
        (Get-StoredItem $table 'same').v.N | Should -Be '3'
    }
}

Describe 'Conversion parameters' {
    BeforeAll { $table = New-Table }

    It '-ExcludeProperty leaves out by wildcard' {
        [pscustomobject]@{ id = 'x'; PSComputerName = 'c'; RunspaceId = 'r'; keep = 'k' } |
            Write-DdbBatch $table @connection -ExcludeProperty PS*, RunspaceId | Out-Null
        (Get-StoredItem $table 'x').Keys | Sort-Object | Should -Be 'id', 'keep'
        @{ id = 'y'; PSComputerName = 'c'; keep = 'k' } | Write-DdbBatch $table @connection -ExcludeProperty PS* | Out-Null
        (Get-StoredItem $table 'y').Keys | Sort-Object | Should -Be 'id', 'keep'
    }

    It '-AttributeType converts named text' {
        'id,age,tags,active,doc,list,when,blob,nums' + "`n" + 'at,42,a;b,true,"{""x"":[1,null]}","[1,""b""]",2026-01-01T00:00:00Z,AQI=,1;2.5' | ConvertFrom-Csv |
            Write-DdbBatch $table @connection -AttributeType @{
                age = 'N'; tags = 'SS'; active = 'BOOL'; doc = 'M'; list = 'L'; when = 'Epoch'; blob = 'B'; nums = 'ns'
            } | Out-Null
        $item = Get-StoredItem $table 'at'
        $item.age.N | Should -Be '42'
        $item.tags.SS | Sort-Object | Should -Be 'a', 'b'
        $item.active.BOOL | Should -BeTrue
        $item.doc.M.x.L[0].N | Should -Be '1'
        $item.list.L[1].S | Should -Be 'b'
        $item.when.N | Should -Be '1767225600'
        $item.blob.B | Should -Be 'AQI='
        $item.nums.NS | Sort-Object | Should -Be '1', '2.5'
    }

    It '-AttributeType with an unknown type ends before anything is written, and lists the types' {
        $caught = Invoke-Caught { @{ id = 'never' } | Write-DdbBatch $table @connection -AttributeType @{ age = 'INT' } }
        $caught.Ended | Should -Not -BeNullOrEmpty
        $caught.Ended.FullyQualifiedErrorId | Should -Match '^AttributeTypeNotValid'
        $caught.Ended.Exception.Message | Should -Match 'INT'
        $caught.Ended.Exception.Message | Should -Match 'BOOL'
        Get-StoredItem $table 'never' | Should -BeNullOrEmpty
    }

    It '-InferType turns just what is JSON, and nothing else' {
        'id,n,neg,exp,t,z,o,l,zero,plus,big,text' + "`n" + 'inf,12,-0.5,1e3,true,null,"{""a"":1}","[1]",007,+1,1e999,12a' | ConvertFrom-Csv |
            Write-DdbBatch $table @connection -InferType | Out-Null
        $item = Get-StoredItem $table 'inf'
        $item.n.N | Should -Be '12'
        $item.neg.N | Should -Be '-0.5'
        [double] $item.exp.N | Should -Be 1000
        $item.t.BOOL | Should -BeTrue
        $item.z.NULL | Should -BeTrue
        $item.o.M.a.N | Should -Be '1'
        $item.l.L[0].N | Should -Be '1'
        $item.zero.S | Should -Be '007'
        $item.plus.S | Should -Be '+1'
        $item.big.S | Should -Be '1e999'
        $item.text.S | Should -Be '12a'
    }

    It 'leaves text as it is without -InferType' {
        'id,n,t' + "`n" + 'noinf,12,true' | ConvertFrom-Csv | Write-DdbBatch $table @connection | Out-Null
        (Get-StoredItem $table 'noinf').n.S | Should -Be '12'
    }

    It '-EmptyString <Action> does what it says' -ForEach @(
        @{ Action = 'Keep'; Stored = '{"S":""}' }, @{ Action = 'Null'; Stored = '{"NULL":true}' }, @{ Action = 'Omit'; Stored = $null }
    ) {
        [pscustomobject]@{ id = "e$Action"; a = '' } | Write-DdbBatch $table @connection -EmptyString $Action | Out-Null
        $item = Get-StoredItem $table "e$Action"
        if ($Stored) { $item.a | ConvertTo-Json -Compress | Should -Be $Stored } else { $item.Contains('a') | Should -BeFalse }
    }

    It 'says -EmptyString Omit where an index key is empty' {
        $indexed = New-Table -IndexKey mail
        $rows = [pscustomobject]@{ id = 'a'; mail = '' }, [pscustomobject]@{ id = 'b'; mail = 'x' }
        $summary = $rows | Write-DdbBatch $indexed @connection -ErrorVariable bad -ErrorAction SilentlyContinue
        Assert-Invariant $summary
        $summary.Succeeded | Should -Be 1
        "$($bad[0])" | Should -Match '-EmptyString Omit'
        ($bad.TargetObject | Write-DdbBatch $indexed @connection -EmptyString Omit).Succeeded | Should -Be 1
        Get-StoredCount $indexed | Should -Be 2
    }

    It 'refuses a bare key, for a put of it would replace the whole item' {
        $keys = New-Table
        @{ id = 'a'; v = 1 } | Write-DdbBatch $keys @connection | Out-Null
        $summary = 'a', 'b' | Write-DdbBatch $keys @connection -ErrorVariable bad -ErrorAction SilentlyContinue
        $summary.Failed | Should -Be 2
        "$($bad[0])" | Should -Match 'replace the whole item'
        (Get-StoredItem $keys @{ id = @{ S = 'a' } }).v.N | Should -Be '1'
    }
}
