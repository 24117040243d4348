# DynamoDB JSON both ways, and with it the law that what is read is written back exactly. No AWS is needed.
BeforeDiscovery {
    $deep = '{"M":{}}'
    1..30 | ForEach-Object { $deep = '{"M":{"n":' + $deep + '}}' }
    $exact = @(
        @{ Name = 'text'; Json = '{"id":{"S":"a"},"empty":{"S":""},"odd":{"S":"é \"\\ \n\u0001 😀"}}' }
        @{ Name = 'whole numbers'; Json = '{"a":{"N":"0"},"b":{"N":"-9223372036854775808"},"c":{"N":"9223372036854775807"}}' }
        @{ Name = 'decimals'; Json = '{"a":{"N":"0.1"},"b":{"N":"-79228162514264337593543950335"},"c":{"N":"9223372036854775808"},"d":{"N":"0.0000000000000000000000000001"}}' }
        @{ Name = '38 digits'; Json = '{"a":{"N":"12345678901234567890123456789012345678"},"b":{"N":"-0.12345678901234567890123456789012345678"}}' }
        @{ Name = 'the ends of the range'; Json = '{"a":{"N":"9' + '9' * 37 + '0' * 88 + '"},"b":{"N":"0.' + '0' * 129 + '1"}}' }
        @{ Name = 'flags and nothing'; Json = '{"t":{"BOOL":true},"f":{"BOOL":false},"n":{"NULL":true}}' }
        @{ Name = 'binaries'; Json = '{"b":{"B":"AQID"},"e":{"B":""}}' }
        @{ Name = 'sets of one'; Json = '{"s":{"SS":["a"]},"n":{"NS":["1"]},"b":{"BS":["AQI="]}}' }
        @{ Name = 'sets of texts and binaries'; Json = '{"s":{"SS":["b","a","B",""]},"b":{"BS":["AQI=","AQ==",""]}}' }
        @{ Name = 'a set of whole numbers'; Json = '{"n":{"NS":["3","-1","9223372036854775807"]}}' }
        @{ Name = 'a set of mixed numbers'; Json = '{"n":{"NS":["3","0.5","9223372036854775808"]}}' }
        @{ Name = 'a set with a huge number'; Json = '{"n":{"NS":["3","0.5","12345678901234567890123456789012345678"]}}' }
        @{ Name = 'empty list and map'; Json = '{"l":{"L":[]},"m":{"M":{}}}' }
        @{ Name = 'a list of everything'; Json = '{"l":{"L":[{"S":"a"},{"N":"1"},{"N":"12345678901234567890123456789012345678"},{"NULL":true},{"L":[{"L":[]}]},{"M":{"a":{"BOOL":true}}},{"B":"AQ=="},{"NS":["1","2"]}]}}' }
        @{ Name = 'a list of one'; Json = '{"l":{"L":[{"L":[{"S":"a"}]}]}}' }
        @{ Name = 'a list of nothing'; Json = '{"l":{"L":[{"NULL":true}]}}' }
        @{ Name = 'nested maps'; Json = '{"m":{"M":{"b":{"M":{"a":{"N":"1"}}},"a":{"S":"x"}}}}' }
        @{ Name = '32 levels'; Json = "{`"m`":$deep}" }
        @{ Name = 'names that differ in case only'; Json = '{"id":{"S":"a"},"ID":{"S":"b"},"m":{"M":{"x":{"N":"1"},"X":{"N":"2"}}}}' }
        @{ Name = 'names that PowerShell reserves'; Json = '{"PSObject":{"S":"a"},"psbase":{"S":"b"},"m":{"M":{"PSTypeNames":{"N":"1"}}},"PSStandardMembers":{"M":{"PSAdapted":{"N":"1"},"PSExtended":{"N":"2"}}}}' }
        @{ Name = 'a map with a name that is empty'; Json = '{"m":{"M":{"":{"N":"1"},"a":{"N":"2"}}}}' }
        @{ Name = 'names that are members of objects'; Json = '{"Count":{"N":"1"},"Length":{"N":"2"},"Keys":{"S":"k"},"ToString":{"S":"t"},"Item":{"S":"i"},"m":{"M":{"Count":{"N":"1"},"count":{"N":"2"},"Values":{"L":[]}}}}' }
        @{ Name = 'names with signs'; Json = '{"a.b":{"S":"1"},"[0]":{"S":"2"},"é\"":{"S":"3"}," ":{"S":"4"}}' }
    )
    $notValid = @(
        @{ Name = 'no JSON'; Line = 'nope' }
        @{ Name = 'cut off'; Line = '{"id":{"S":"a"}' }
        @{ Name = 'more than one'; Line = '{"id":{"S":"a"}}{"id":{"S":"b"}}' }
        @{ Name = 'a list'; Line = '[]' }
        @{ Name = 'plain JSON'; Line = '{"id":"a"}' }
        @{ Name = 'a type that is none'; Line = '{"id":{"X":"a"}}' }
        @{ Name = 'two types'; Line = '{"id":{"S":"a","N":"1"}}' }
        @{ Name = 'no type'; Line = '{"id":{}}' }
        @{ Name = 'a number that is none'; Line = '{"id":{"N":"1x"}}' }
        @{ Name = 'a number that is not text'; Line = '{"id":{"N":1}}' }
        @{ Name = 'a number of 39 digits'; Line = '{"id":{"N":"123456789012345678901234567890123456789"}}' }
        @{ Name = 'a name twice'; Line = '{"id":{"S":"a"},"id":{"S":"b"}}' }
        @{ Name = 'a name twice in a map'; Line = '{"m":{"M":{"a":{"S":"a"},"a":{"S":"b"}}}}' }
        @{ Name = 'an empty set'; Line = '{"s":{"SS":[]}}' }
        @{ Name = 'half a surrogate pair'; Line = '{"s":{"S":"\ud800"}}' }
        @{ Name = 'base64 that is none'; Line = '{"b":{"B":"*"}}' }
        @{ Name = 'a false NULL'; Line = '{"n":{"NULL":false}}' }
        @{ Name = 'an export of no item'; Line = '{"Item":{"id":"a"}}' }
        @{ Name = 'a verb that is none'; Line = '{"TableName":"T","Verb":"Touch","Item":{"id":{"S":"a"}}}' }
    )
}

BeforeAll {
    Set-StrictMode -Version Latest
    $ErrorActionPreference = 'Continue'
    Import-Module "$PSScriptRoot/DynamoBatch.TestHelpers.psm1"
    Import-Module (Get-ModulePath)

    # One spelling: escapes that the encoder does not make are read away.
    function Get-Plain([string] $Json) { [Text.Json.JsonDocument]::Parse($Json).RootElement | ForEach-Object { ConvertTo-Spelling $_ } }
    function ConvertTo-Spelling([Text.Json.JsonElement] $Element) {
        switch ($Element.ValueKind) {
            'Object' { '{' + (($Element.EnumerateObject() | ForEach-Object { "$($_.Name):" + (ConvertTo-Spelling $_.Value) }) -join ',') + '}' }
            'Array' { '[' + (($Element.EnumerateArray() | ForEach-Object { ConvertTo-Spelling $_ }) -join ',') + ']' }
            'String' { "'$($Element.GetString())'" }
            default { $Element.GetRawText() }
        }
    }
    $failed = @(
        '{"TableName":"A","Verb":"Put","Reason":"ItemUnprocessed","Message":"m","Item":{"id":{"S":"a1"}}}'
        '{"TableName":"B","Verb":"Put","Reason":"ItemUnprocessed","Message":"m","Item":{"id":{"S":"b1"}}}'
        '{"TableName":"A","Verb":"Delete","Reason":"ItemUnprocessed","Message":"m","Key":{"id":{"S":"a2"}}}'
        '{"TableName":"B","Verb":"Update","Reason":"ConditionFailed","Message":"m","Item":{"id":{"S":"b2"},"n":{"N":"1"}}}'
        '{"TableName":"B","Verb":"Insert","Reason":"ItemUnprocessed","Message":"m","Item":{"id":{"S":"b3"}}}'
    )
}

Describe 'An item read and written' {
    It 'is the same item: <Name>' -ForEach $exact {
        $again = $Json | ConvertFrom-DdbJson | ConvertTo-DdbJson
        $again | Should -HaveCount 1
        Get-Plain $again | Should -BeExactly (Get-Plain $Json)
    }

    It 'is the same item among others of other shapes' -ForEach @{ Lines = @($exact.Json) + @($exact.Json)[-1..-20] } {
        $again = @($Lines | ConvertFrom-DdbJson | ConvertTo-DdbJson)
        $again | Should -HaveCount $Lines.Count
        for ($i = 0; $i -lt $Lines.Count; $i++) { Get-Plain $again[$i] | Should -BeExactly (Get-Plain $Lines[$i]) }
    }

    It 'is the same item after a job, a remote session or Clixml, which know neither sets nor DdbNumber' {
        $json = '{"id":{"S":"a"},"n":{"N":"12345678901234567890123456789012345678"},"s":{"SS":["x","y"]},"ns":{"NS":["1","12345678901234567890123456789012345678"]},' +
            '"bs":{"BS":["AQ==","AQI="]},"l":{"L":[{"S":"1"},{"SS":["z"]}]},"b":{"B":"AQID"},"m":{"M":{"k":{"N":"0.5"},"n":{"NULL":true}}}}'
        $copy = [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize(($json | ConvertFrom-DdbJson), 10))
        Get-Plain ($copy | ConvertTo-DdbJson) | Should -BeExactly (Get-Plain $json)
    }

    It 'is the same item for random items' {
        $seed = Get-Random -Maximum 1000000
        Write-Host "seed $seed"
        $random = [Random]::new($seed)
        function New-Value([int] $Depth) {
            switch ($random.Next($(if ($Depth -gt 3) { 8 } else { 10 }))) {
                0 { @{ S = -join (1..$random.Next(9) | ForEach-Object { [char]$random.Next(32, 0x2FF) }) } }
                1 { @{ N = "$($random.Next(-1000, 1000))" } }
                2 { @{ N = "$($random.Next(1, 9))" * $random.Next(1, 39) } }
                3 { @{ N = '-0.' + '0' * $random.Next(60) + "$($random.Next(1, 9))" * $random.Next(1, 39) } }
                4 { @{ BOOL = $random.Next(2) -eq 0 } }
                5 { @{ NULL = $true } }
                6 { @{ B = [Convert]::ToBase64String([byte[]]@(1..$random.Next(1, 9))) } }
                7 { @{ NS = @(1..$random.Next(1, 5) | ForEach-Object { "$_" + "$($random.Next(1, 9))" * $random.Next(1, 36) } | Select-Object -Unique) } }
                8 { @{ L = @(for ($i = $random.Next(4); $i -gt 0; $i--) { New-Value ($Depth + 1) }) } }
                9 { @{ M = New-Map ($Depth + 1) } }
            }
        }
        function New-Map([int] $Depth) {
            $map = [Collections.Specialized.OrderedDictionary]::new([StringComparer]::Ordinal)
            for ($i = $random.Next(1, 6); $i -gt 0; $i--) { $map[('a', 'A', 'b', 'id', 'ID', 'PSBase', 'c', 'Count')[$random.Next(8)]] = New-Value $Depth }
            $map
        }
        foreach ($n in 1..200) {
            $json = New-Map 0 | ConvertTo-Json -Depth 99 -Compress
            $again = $json | ConvertFrom-DdbJson | ConvertTo-DdbJson
            Get-Plain $again | Should -BeExactly (Get-Plain $json) -Because "seed $seed, item $n is $json"
        }
    }
}

Describe 'What ConvertFrom-DdbJson emits' {
    It 'is the plainest type that is exact' {
        $item = '{"s":{"S":"a"},"l":{"N":"1E3"},"d":{"N":"1.5"},"h":{"N":"1e-100"},"t":{"BOOL":true},"z":{"NULL":true},"b":{"B":"AQI="},"L":{"L":[{"S":"a"}]},"m":{"M":{"x":{"S":"y"}}}}' -creplace '"L":\{"L"', '"list":{"L"' | ConvertFrom-DdbJson
        $item.s | Should -BeOfType string
        $item.l | Should -BeOfType long
        $item.l | Should -Be 1000
        $item.d | Should -BeOfType decimal
        $item.h | Should -BeOfType DynamoBatch.Output.DdbNumber
        $item.t | Should -BeOfType bool
        $item.z | Should -BeNullOrEmpty
        , $item.b | Should -BeOfType byte[]
        , $item.list | Should -BeOfType object[]
        $item.m | Should -BeOfType Management.Automation.PSCustomObject
        $item.m.x | Should -Be 'y'
        $item.psobject.Properties.Name | Should -Be 's', 'l', 'd', 'h', 't', 'z', 'b', 'list', 'm'
    }

    It 'has sets of one type, in which binaries are found by their bytes' {
        $item = '{"s":{"SS":["a"]},"l":{"NS":["1","2"]},"d":{"NS":["1","2.5"]},"h":{"NS":["1","2.5","1e-100"]},"b":{"BS":["AQI="]}}' | ConvertFrom-DdbJson
        , $item.s | Should -BeOfType Collections.Generic.HashSet[string]
        , $item.l | Should -BeOfType Collections.Generic.HashSet[long]
        , $item.d | Should -BeOfType Collections.Generic.HashSet[decimal]
        , $item.h | Should -BeOfType Collections.Generic.HashSet[DynamoBatch.Output.DdbNumber]
        $item.b.Contains([byte[]] (1, 2)) | Should -BeTrue
    }

    It 'is a case-sensitive dictionary where a bag would lose a name' {
        $item = '{"id":{"N":"1"},"ID":{"N":"2"}}' | ConvertFrom-DdbJson
        $item | Should -BeOfType Collections.Specialized.OrderedDictionary
        $item['id'] | Should -Be 1
        $item['ID'] | Should -Be 2
    }

    It 'can be compared, sorted and grouped like any object' {
        $items = 1..9 | ForEach-Object { "{`"id`":{`"S`":`"k$_`"},`"n`":{`"N`":`"$($_ % 3)`"}}" } | ConvertFrom-DdbJson
        ($items | Where-Object n -gt 1).id | Should -Be 'k2', 'k5', 'k8'
        @($items | Group-Object n | ForEach-Object Count) | Should -Be 3, 3, 3
    }
}

Describe 'A line that is no item: <Name>' -ForEach $notValid {
    It 'is one error with its number, and the rest goes on' {
        $caught = Invoke-Caught { '{"id":{"S":"1"}}', '', $Line, '{"id":{"S":"2"}}' | ConvertFrom-DdbJson }
        $caught.Output.id | Should -Be '1', '2'
        $caught.Errors | Should -HaveCount 1
        $caught.Errors[0].FullyQualifiedErrorId | Should -BeLike 'LineNotValid,*'
        $caught.Errors[0].CategoryInfo.Category | Should -Be 'InvalidData'
        $caught.Errors[0].TargetObject | Should -BeExactly $Line
        $caught.Errors[0].Exception.Message | Should -BeLike 'Line 3 of the pipeline*'
    }
}

Describe 'What ConvertFrom-DdbJson takes' {
    It 'takes exports, whatever the attributes are called' {
        $items = '{"Item":{"id":{"S":"a"}}}', '{"Item":{"M":{"S":"b"}}}', '{"Item":{"Item":{"S":"c"}}}' | ConvertFrom-DdbJson
        $items[0].id | Should -Be 'a'
        $items[1].M | Should -Be 'b'
        $items[2].Item | Should -Be 'c'
    }

    It 'takes items whose attributes are called as an export''s or a failed line''s are' {
        $items = '{"Item":{"M":{"id":{"S":"a"}}}}', '{"Item":{"S":"x"},"TableName":{"S":"T"},"Verb":{"S":"Put"}}', '{"Item":{"M":{}}}' | ConvertFrom-DdbJson
        $items[0].Item.id | Should -Be 'a'
        $items[1].TableName | Should -Be 'T'
        $items[2].Item | Should -BeOfType Management.Automation.PSCustomObject
    }

    It 'takes text of many lines, and one item over many lines' {
        @("{`"id`":{`"S`":`"1`"}}`r`n`n{`"id`":{`"S`":`"2`"}}`n" | ConvertFrom-DdbJson).id | Should -Be '1', '2'
        ("{`n  `"Item`": {`n    `"id`": { `"S`": `"1`" }`n  }`n}`n" | ConvertFrom-DdbJson).id | Should -Be '1'
    }

    It 'skips nothing and blank lines, and what is no text is an error' {
        $caught = Invoke-Caught { $null, '', '   ', 5, (Get-Item $PSScriptRoot), '{"id":{"S":"1"}}' | ConvertFrom-DdbJson }
        $caught.Output.id | Should -Be '1'
        $caught.Errors | Should -HaveCount 2
        $caught.Errors.FullyQualifiedErrorId | Should -BeLike 'LineNotValid,*'
    }

    It 'stops at once when it is told to' {
        $seen = [Collections.Generic.List[int]]::new()
        1..1000 | ForEach-Object { $seen.Add($_); "{`"id`":{`"N`":`"$_`"}}" } | ConvertFrom-DdbJson | Select-Object -First 2 | ForEach-Object id | Should -Be 1, 2
        $seen.Count | Should -Be 2
    }

    It 'ends at the first error under -ErrorAction Stop' {
        { 'nope' | ConvertFrom-DdbJson -ErrorAction Stop } | Should -Throw -ErrorId 'LineNotValid,*'
    }
}

Describe 'Lines of a -FailedItemPath file' {
    It 'gives each object its table' {
        $items = $failed | ConvertFrom-DdbJson -TableNameProperty Table -Verb Put, Insert -WarningVariable said
        $items.Table | Should -Be 'A', 'B', 'B'
        $items.id | Should -Be 'a1', 'b1', 'b3'
        $said | Should -BeNullOrEmpty
    }

    It 'chooses by verb: <Verb>' -ForEach @(
        @{ Verb = 'Put'; Id = 'a1', 'b1' }, @{ Verb = 'Delete'; Id = , 'a2' }, @{ Verb = 'Update'; Id = , 'b2' }, @{ Verb = 'Put', 'Insert'; Id = 'a1', 'b1', 'b3' }
    ) {
        @($failed | ConvertFrom-DdbJson -Verb $Verb -WarningAction SilentlyContinue).id | Should -Be $Id
    }

    It 'warns once where lines of several tables and verbs would be mixed' {
        $items = $failed | ConvertFrom-DdbJson -WarningVariable said -WarningAction SilentlyContinue
        $items | Should -HaveCount 5
        @($said -like '*several tables*') | Should -HaveCount 1
        @($said -like '*-Verb*') | Should -HaveCount 1
    }

    It 'does not warn of one table and one verb' {
        $null = $failed[0], $failed[0] | ConvertFrom-DdbJson -WarningVariable said
        $said | Should -BeNullOrEmpty
    }

    It 'gives no bare key that a <_> would store' -ForEach 'Put', 'Update', 'Insert' {
        $caught = Invoke-Caught { "{`"TableName`":`"A`",`"Verb`":`"$_`",`"Reason`":`"ValueNotSupported`",`"Message`":`"m`",`"Key`":{`"id`":{`"S`":`"k7`"}},`"Path`":`"x`"}" | ConvertFrom-DdbJson }
        $caught.Output | Should -BeNullOrEmpty
        $caught.Errors[0].FullyQualifiedErrorId | Should -BeLike 'LineHasNoItem,*'
        $caught.Errors[0].Exception.Message | Should -BeLike "Line 1 *id='k7'*table 'A'*"
    }

    It 'says so where there is not even a key' {
        $caught = Invoke-Caught { '{"TableName":"A","Verb":"Delete","Reason":"KeyAttributeMissing","Message":"m"}' | ConvertFrom-DdbJson }
        $caught.Errors[0].FullyQualifiedErrorId | Should -BeLike 'LineHasNoItem,*'
    }

    It 'refuses an item that has an attribute of the table''s name itself: <_>' -ForEach '{"id":{"S":"a"},"table":{"S":"x"}}', '{"id":{"S":"a"},"ID":{"S":"b"},"tABLE":{"S":"x"}}' {
        $caught = Invoke-Caught { "{`"TableName`":`"A`",`"Verb`":`"Put`",`"Reason`":`"NotSent`",`"Message`":`"m`",`"Item`":$_}" | ConvertFrom-DdbJson -TableNameProperty Table }
        $caught.Output | Should -BeNullOrEmpty
        $caught.Errors[0].FullyQualifiedErrorId | Should -BeLike 'TableNamePropertyExists,*'
    }

    It 'says to use -Path where a line is the name of a file' {
        $path = Join-Path $TestDrive 'named.jsonl'
        Set-Content $path '{"id":{"S":"a"}}'
        ConvertFrom-DdbJson $path -ErrorVariable bad -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $bad | Should -HaveCount 1
        "$bad" | Should -BeLike '*-Path.'
        'no/such.jsonl' | ConvertFrom-DdbJson -ErrorVariable bad -ErrorAction SilentlyContinue
        "$bad" | Should -Not -BeLike '*-Path*'
    }

    It 'refuses a line without a verb where -Verb is to choose' {
        $caught = Invoke-Caught { @('{"id":{"S":"x"}}') + $failed | ConvertFrom-DdbJson -Verb Delete }
        $caught.Output.id | Should -Be 'a2'
        $caught.Errors[0].FullyQualifiedErrorId | Should -BeLike 'LineHasNoVerb,*'
    }
}

Describe 'ConvertTo-DdbJson' {
    It 'gives a line of text for each object, and passes over nothing' {
        $lines = @{ id = 'a' }, $null, [pscustomobject]@{ id = 'b'; n = 1 } | ConvertTo-DdbJson
        $lines | Should -HaveCount 2
        $lines[0] | Should -BeExactly '{"id":{"S":"a"}}'
        $lines[1] | Should -BeExactly '{"id":{"S":"b"},"n":{"N":"1"}}'
        $lines[0] | Should -BeOfType string
    }

    It 'converts as a write does' {
        $row = [pscustomobject]@{ id = '1'; age = '42'; tags = 'a;b'; when = '2030-01-01T00:00:00Z'; empty = ''; flag = 'true'; PSComputerName = 'x' }
        $row | ConvertTo-DdbJson -AttributeType @{ age = 'N'; tags = 'SS'; when = 'Epoch' } -EmptyString Omit -ExcludeProperty PS*, flag |
            Should -BeExactly '{"id":{"S":"1"},"age":{"N":"42"},"tags":{"SS":["a","b"]},"when":{"N":"1893456000"}}'
        $row | ConvertTo-DdbJson -InferType -EmptyString Null -ExcludeProperty PS*, tags, when |
            Should -BeExactly '{"id":{"N":"1"},"age":{"N":"42"},"empty":{"NULL":true},"flag":{"BOOL":true}}'
    }

    It 'writes a date as text, since it knows no time-to-live attribute' {
        @{ at = [datetime]::new(2030, 1, 1, 0, 0, 0, [DateTimeKind]::Utc) } | ConvertTo-DdbJson | Should -BeExactly '{"at":{"S":"2030-01-01T00:00:00.0000000Z"}}'
        @{ at = [datetime]::new(2030, 1, 1, 0, 0, 0, [DateTimeKind]::Utc) } | ConvertTo-DdbJson -AttributeType @{ at = 'Epoch' } | Should -BeExactly '{"at":{"N":"1893456000"}}'
    }

    It 'makes an error of <Name>, and goes on' -ForEach @(
        @{ Name = 'a script block'; Bad = { @{ id = '2'; x = { 1 } } }; Id = 'ValueNotSupported'; Says = "Object 2 of the pipeline: attribute 'x'*" }
        @{ Name = 'too large an item'; Bad = { @{ id = '2'; x = 'x' * 500KB } }; Id = 'ItemTooLarge'; Says = 'Object 2 of the pipeline*' }
        @{ Name = 'a bare string'; Bad = { 'text' }; Id = 'ValueNotSupported'; Says = 'Object 2 of the pipeline*' }
        @{ Name = 'text that is no number'; Bad = { @{ id = '2'; age = 'x' } }; Id = 'ValueNotSupported'; Says = "Object 2 of the pipeline: attribute 'age'*" }
    ) {
        $object = & $Bad
        $caught = Invoke-Caught { @{ id = '1' }, $object, @{ id = '3' } | ConvertTo-DdbJson -AttributeType @{ age = 'N' } }
        $caught.Output | Should -Be '{"id":{"S":"1"}}', '{"id":{"S":"3"}}'
        $caught.Errors | Should -HaveCount 1
        $caught.Errors[0].FullyQualifiedErrorId | Should -BeLike "$Id,*"
        $caught.Errors[0].Exception.Message | Should -BeLike $Says
        $caught.Errors[0].TargetObject | Should -Be $object
    }

    It 'refuses a type that is none before anything is written' {
        { @{ id = 1 } | ConvertTo-DdbJson -AttributeType @{ id = 'X' } -Path "$TestDrive/never.jsonl" } | Should -Throw -ErrorId 'AttributeTypeNotValid,*'
        "$TestDrive/never.jsonl" | Should -Not -Exist
    }
}
