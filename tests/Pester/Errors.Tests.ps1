# Items that cannot be written: each is an error of its own that names it and says what to do, and nothing else is lost by it.
BeforeAll {
    Set-StrictMode -Version Latest
    $ErrorActionPreference = 'Continue'
    Import-Module "$PSScriptRoot/DynamoBatch.TestHelpers.psm1"
    Import-Module (Get-ModulePath)
    $null = Start-LocalAws
    $connection = Get-Connection
    $schemas = @{
        id    = New-Table
        n     = New-Table -KeyType N
        b     = New-Table -KeyType B
        pair  = New-Table -SortKey at
        index = New-Table -IndexKey mail -IndexKeyType N
    }

    # 24 good rows and one bad one in their midst: 24 are written, and the one error is the bad one's.
    function Assert-OneBad($Bad, [string] $Schema, [string] $ErrorId, [string] $Category, [string] $Message, [hashtable] $Parameter = @{}) {
        $table = $schemas[$Schema]
        $mark = [guid]::NewGuid().ToString('N')
        $good = foreach ($n in 1..24) {
            switch ($Schema) {
                'n' { [pscustomobject]@{ id = $n; mark = $mark } }
                'b' { [pscustomobject]@{ id = [byte[]] (1, $n); mark = $mark } }
                'pair' { [pscustomobject]@{ id = "$mark$n"; at = 'x'; mark = $mark } }
                'index' { [pscustomobject]@{ id = "$mark$n"; mail = $n; mark = $mark } }
                default { [pscustomobject]@{ id = "$mark$n"; mark = $mark } }
            }
        }
        $rows = [Collections.Generic.List[object]] $good
        $rows.Insert(11, $Bad)
        $caught = Invoke-Caught { $rows | Write-DdbBatch $table @connection @Parameter }
        $caught.Ended | Should -BeNullOrEmpty
        $caught.Errors | Should -HaveCount 1
        $record = $caught.Errors[0]
        ($record.FullyQualifiedErrorId -split ',')[0] | Should -Be $ErrorId
        $record.CategoryInfo.Category | Should -Be $Category
        [object]::ReferenceEquals($record.TargetObject, $rows[11]) -or $record.TargetObject -eq $rows[11] | Should -BeTrue -Because 'the target is the original object'
        $record.Exception.Message | Should -Match $Message
        Assert-Invariant $caught.Output
        $caught.Output.Accepted | Should -Be 25
        $caught.Output.Failed | Should -Be 1
        $caught.Output.Succeeded | Should -Be 24
        @(Get-StoredItems $table | Where-Object { $_.Contains('mark') -and $_.mark.S -eq $mark }) | Should -HaveCount 24
    }

    function New-Cycle { $cycle = [pscustomobject]@{ id = 'c'; self = $null }; $cycle.self = $cycle; $cycle }

    function New-Deep([int] $Levels) {
        $value = @{ end = 1 }
        for ($i = 1; $i -lt $Levels; $i++) { $value = @{ n = $value } }
        [pscustomobject]@{ id = 'deep'; n = $value }
    }
}

AfterAll { Stop-LocalAws }

Describe 'One bad object among 24 good ones: <Name>' -ForEach @(
    @{ Name = 'no key'; Bad = { [pscustomobject]@{ name = 'x' } }; Id = 'KeyAttributeMissing'; Category = 'InvalidData'; Message = "'id'" }
    @{ Name = 'no key, hashtable'; Bad = { @{ name = 'x' } }; Id = 'KeyAttributeMissing'; Category = 'InvalidData'; Message = "'id'" }
    @{ Name = 'key in another case'; Bad = { [pscustomobject]@{ ID = 'x' } }; Id = 'KeyAttributeMissing'; Category = 'InvalidData'
        Message = "object has 'ID', the key is 'id'; case matters" }
    @{ Name = 'empty key'; Bad = { [pscustomobject]@{ id = '' } }; Id = 'KeyAttributeInvalid'; Category = 'InvalidData'; Message = "'?id'?.*empty|empty.*'?id'?" }
    @{ Name = 'empty key with -EmptyString Omit'; Bad = { [pscustomobject]@{ id = '' } }; Id = 'KeyAttribute(Missing|Invalid)'; Category = 'InvalidData'
        Message = 'id'; Parameter = @{ EmptyString = 'Omit' } }
    @{ Name = 'null key'; Bad = { [pscustomobject]@{ id = $null } }; Id = 'KeyAttributeInvalid'; Category = 'InvalidData'; Message = 'id' }
    @{ Name = 'list as key'; Bad = { [pscustomobject]@{ id = @('a', 'b') } }; Id = 'KeyAttributeInvalid'; Category = 'InvalidData'; Message = 'id' }
    @{ Name = 'map as key'; Bad = { [pscustomobject]@{ id = @{ a = 1 } } }; Id = 'KeyAttributeInvalid'; Category = 'InvalidData'; Message = 'id' }
    @{ Name = 'text as number key'; Schema = 'n'; Bad = { [pscustomobject]@{ id = 'abc' } }; Id = 'KeyAttributeInvalid'; Category = 'InvalidData'; Message = 'id' }
    @{ Name = 'text as binary key'; Schema = 'b'; Bad = { [pscustomobject]@{ id = '***' } }; Id = 'KeyAttributeInvalid'; Category = 'InvalidData'; Message = 'id' }
    @{ Name = 'no sort key'; Schema = 'pair'; Bad = { [pscustomobject]@{ id = 'x' } }; Id = 'KeyAttributeMissing'; Category = 'InvalidData'; Message = "sort key.*'at'" }
    @{ Name = 'partition key over 2,048 bytes'; Bad = { [pscustomobject]@{ id = 'x' * 2049 } }; Id = 'KeyAttributeInvalid'; Category = 'InvalidData'; Message = '2,?048' }
    @{ Name = 'partition key over 2,048 bytes, not characters'; Bad = { [pscustomobject]@{ id = [string]::new([char] 0xFC, 1025) } }
        Id = 'KeyAttributeInvalid'; Category = 'InvalidData'; Message = '2,?048' }
    @{ Name = 'sort key over 1,024 bytes'; Schema = 'pair'; Bad = { [pscustomobject]@{ id = 'x'; at = 'y' * 1025 } }; Id = 'KeyAttributeInvalid'; Category = 'InvalidData'
        Message = '1,?024' }
    @{ Name = 'index key of another type'; Schema = 'index'; Bad = { [pscustomobject]@{ id = 'x'; mail = 'text' } }; Id = 'KeyAttributeInvalid'; Category = 'InvalidData'
        Message = 'mail' }
    @{ Name = 'over 400 KB'; Bad = { [pscustomobject]@{ id = 'big'; text = 'x' * 409600 } }; Id = 'ItemTooLarge'; Category = 'LimitsExceeded'; Message = '400 KB|409,?600' }
    @{ Name = 'script block'; Bad = { [pscustomobject]@{ id = 'x'; run = { 1 } } }; Id = 'ValueNotSupported'; Category = 'InvalidType'; Message = "run" }
    @{ Name = 'script block, deep'; Bad = { [pscustomobject]@{ id = 'x'; address = @{ lines = @(1, 2, 3, { 4 }) } } }; Id = 'ValueNotSupported'; Category = 'InvalidType'
        Message = 'address\.lines\[3\]' }
    @{ Name = 'NaN'; Bad = { [pscustomobject]@{ id = 'x'; n = [double]::NaN } }; Id = 'ValueNotSupported'; Category = 'InvalidType'; Message = '\bn\b' }
    @{ Name = 'infinity'; Bad = { [pscustomobject]@{ id = 'x'; n = [double]::NegativeInfinity } }; Id = 'ValueNotSupported'; Category = 'InvalidType'; Message = '\bn\b' }
    @{ Name = '39 digits'; Bad = { [pscustomobject]@{ id = 'x'; n = [bigint]::Parse('123456789012345678901234567890123456789') } }
        Id = 'ValueNotSupported'; Category = 'InvalidType'; Message = '38' }
    @{ Name = 'a number too large'; Bad = { [pscustomobject]@{ id = 'x'; n = 1e200 } }; Id = 'ValueNotSupported'; Category = 'InvalidType'; Message = '\bn\b' }
    @{ Name = 'empty set'; Bad = { [pscustomobject]@{ id = 'x'; s = [Collections.Generic.HashSet[string]]::new() } }; Id = 'ValueNotSupported'; Category = 'InvalidType'
        Message = '\bs\b' }
    @{ Name = 'mixed set'; Bad = { [pscustomobject]@{ id = 'x'; s = [Collections.Generic.HashSet[object]] @('a', 1) } }; Id = 'ValueNotSupported'; Category = 'InvalidType'
        Message = '\bs\b' }
    @{ Name = 'cycle'; Bad = { New-Cycle }; Id = 'ValueNotSupported'; Category = 'InvalidType'; Message = 'self' }
    @{ Name = 'over 32 levels'; Bad = { New-Deep 40 }; Id = 'ValueNotSupported'; Category = 'InvalidType'; Message = '32' }
    @{ Name = 'secure string'; Bad = { [pscustomobject]@{ id = 'x'; pw = [securestring]::new() } }; Id = 'ValueNotSupported'; Category = 'InvalidType'; Message = 'pw' }
    @{ Name = 'credential'; Bad = { [pscustomobject]@{ id = 'x'; pw = [pscredential]::Empty } }; Id = 'ValueNotSupported'; Category = 'InvalidType'; Message = 'pw' }
    @{ Name = 'a property that throws'; Bad = { [pscustomobject]@{ id = 'x' } | Add-Member -PassThru ScriptProperty bad { throw 'broken' } }
        Id = 'ValueNotSupported'; Category = 'InvalidType'; Message = 'bad' }
    @{ Name = 'a list'; Bad = { , @(1, 2) }; Id = 'ValueNotSupported'; Category = 'InvalidType'; Message = 'object' }
    @{ Name = 'a script block as object'; Bad = { { 1 } }; Id = 'ValueNotSupported'; Category = 'InvalidType'; Message = 'object' }
    @{ Name = 'a bare key where there are two'; Schema = 'pair'; Bad = { 'x' }; Id = 'KeyAttributeMissing|ValueNotSupported|KeyAttributeInvalid'; Category = 'Invalid(Data|Type)'; Message = 'at' }
    @{ Name = '-AttributeType N of no number'; Bad = { [pscustomobject]@{ id = 'x'; n = 'twelve' } }; Id = 'ValueNotSupported'; Category = 'InvalidType'; Message = '\bn\b'
        Parameter = @{ AttributeType = @{ n = 'N' } } }
    @{ Name = '-AttributeType M of no JSON'; Bad = { [pscustomobject]@{ id = 'x'; n = '{"a":' } }; Id = 'ValueNotSupported'; Category = 'InvalidType'; Message = '\bn\b'
        Parameter = @{ AttributeType = @{ n = 'M' } } }
    @{ Name = '-AttributeType BOOL of no boolean'; Bad = { [pscustomobject]@{ id = 'x'; n = 'maybe' } }; Id = 'ValueNotSupported'; Category = 'InvalidType'; Message = '\bn\b'
        Parameter = @{ AttributeType = @{ n = 'BOOL' } } }
    @{ Name = '-AttributeType B of no Base64'; Bad = { [pscustomobject]@{ id = 'x'; n = '*' } }; Id = 'ValueNotSupported'; Category = 'InvalidType'; Message = '\bn\b'
        Parameter = @{ AttributeType = @{ n = 'B' } } }
    @{ Name = '-AttributeType Epoch of no date'; Bad = { [pscustomobject]@{ id = 'x'; n = 'yesterday' } }; Id = 'ValueNotSupported'; Category = 'InvalidType'; Message = '\bn\b'
        Parameter = @{ AttributeType = @{ n = 'Epoch' } } }
) {
    It 'writes the 24, and says what is wrong with the one' {
        $object = & $Bad
        $parameter = if (Test-Path variable:Parameter) { $Parameter } else { @{} }
        $schema = if (Test-Path variable:Schema) { $Schema } else { 'id' }
        if ($Id -match '[|(]' -or $Category -match '[|(]') {
            # Either way of saying it is right; all else is checked as ever.
            $first = $null
            $object | Write-DdbBatch $schemas[$schema] @connection @parameter -ErrorVariable first -ErrorAction SilentlyContinue | Out-Null
            $told = ($first[0].FullyQualifiedErrorId -split ',')[0]
            $told | Should -Match "^($Id)$"
            "$($first[0].CategoryInfo.Category)" | Should -Match "^($Category)$"
            Assert-OneBad $object $schema $told $first[0].CategoryInfo.Category $Message $parameter
        }
        else { Assert-OneBad $object $schema $Id $Category $Message $parameter }
    }
}

Describe 'Errors of items' {
    AfterEach { Reset-LocalAws }

    It 'says which object of the pipeline, which table and which key' {
        $table = New-Table
        'a', 'b' | ForEach-Object { [pscustomobject]@{ id = $_; n = if ($_ -eq 'b') { { 1 } } else { 1 } } } |
            Write-DdbBatch $table @connection -ErrorVariable bad -ErrorAction SilentlyContinue | Out-Null
        $bad[0].Exception.Message | Should -Match 'Object 2 of the pipeline'
        $bad[0].Exception.Message | Should -Match $table
        $bad[0].Exception.Message | Should -Match '\bb\b'
        $bad[0].FullyQualifiedErrorId | Should -Be 'ValueNotSupported,DynamoBatch.Commands.WriteDdbBatchCommand'
    }

    It 'can be retried by $bad.TargetObject' {
        $table = New-Table
        $rows = @(New-Rows 30)
        foreach ($i in 3, 17) { $rows[$i] | Add-Member extra { 1 } }
        $first = $rows | Write-DdbBatch $table @connection -ErrorVariable bad -ErrorAction SilentlyContinue
        Assert-Invariant $first
        $first.Succeeded | Should -Be 28
        @($bad) | Should -HaveCount 2
        $second = $bad.TargetObject | Write-DdbBatch $table @connection -ExcludeProperty extra
        Assert-Invariant $second
        $second.Succeeded | Should -Be 2
        Get-StoredCount $table | Should -Be 30
    }

    It 'can be retried by $bad | ForEach-Object TargetObject where there were none' {
        $table = New-Table
        New-Rows 3 | Write-DdbBatch $table @connection -ErrorVariable bad -ErrorAction SilentlyContinue | Out-Null
        ($bad | ForEach-Object TargetObject | Write-DdbBatch $table @connection).Accepted | Should -Be 0
    }

    It 'does not shorten or change the original object' {
        $table = New-Table
        $row = [pscustomobject]@{ id = 'x'; run = { 1 } }
        $row | Write-DdbBatch $table @connection -ErrorVariable bad -ErrorAction SilentlyContinue | Out-Null
        [object]::ReferenceEquals($bad[0].TargetObject, $row) | Should -BeTrue
    }

    It 'splits a request that the server refuses for one item, writes the rest, and quotes the server' {
        # One byte over the limit by the server's count, and just within it by the lower bound that is checked before sending.
        $table = New-Table
        $rows = @(New-Rows 24) + [pscustomobject]@{ id = 'edge'; t = 'x' * (409601 - 'idedgetn'.Length - 10); n = 123456789012345678 }
        $caught = Invoke-Caught { $rows | Write-DdbBatch $table @connection }
        $caught.Ended | Should -BeNullOrEmpty
        Assert-Invariant $caught.Output
        $caught.Output.Succeeded | Should -Be 24
        $caught.Errors | Should -HaveCount 1
        $caught.Errors[0].FullyQualifiedErrorId | Should -Match '^ItemRejected,'
        $caught.Errors[0].CategoryInfo.Category | Should -Be 'InvalidData'
        $caught.Errors[0].Exception.Message | Should -Match 'Item size has exceeded the maximum allowed size'
        $caught.Errors[0].TargetObject.id | Should -Be 'edge'
        Get-StoredCount $table | Should -Be 24
    }

    It 'gives up on items that stay unprocessed after -MaxRetry tries: ItemUnprocessed' {
        $table = New-Table
        Set-WriteFault @{ unprocessedAll = 1 }
        $rows = New-Rows 5
        $caught = Invoke-Caught { $rows | Write-DdbBatch $table @connection -MaxRetry 3 }
        $caught.Ended | Should -BeNullOrEmpty
        $caught.Errors | Should -HaveCount 5
        $caught.Errors.FullyQualifiedErrorId | ForEach-Object { $_ | Should -Match '^ItemUnprocessed,' }
        $caught.Errors.CategoryInfo.Category | ForEach-Object { $_ | Should -Be 'LimitsExceeded' }
        @($caught.Errors.TargetObject | Sort-Object v | ForEach-Object v) | Should -Be (1..5)
        Assert-Invariant $caught.Output
        $caught.Output.Failed | Should -Be 5
    }

    It 'gives up after -RetryTimeout, and says why the service throttled' {
        $table = New-Table
        Set-WriteFault @{ throttled = 1 } -More @{ throttlingReason = 'TableWriteKeyRangeThroughputExceeded' }
        $caught = Invoke-Caught { New-Rows 5 | Write-DdbBatch $table @connection -RetryTimeout 1 }
        # Not the two minutes that it would wait otherwise.
        $caught.Elapsed.TotalSeconds | Should -BeLessThan 60
        $caught.Errors | Should -HaveCount 5
        $caught.Errors[0].Exception.Message | Should -Match 'KeyRange'
        Assert-Invariant $caught.Output
        $caught.Output.Throttles | Should -BeGreaterThan 0
        Get-StoredCount $table | Should -Be 0
    }

    It '-MaxFailed ends a run in which everything fails, and tells its counts' {
        $table = New-Table
        $caught = Invoke-Caught { 1..500 | ForEach-Object { [pscustomobject]@{ wrong = $_ } } | Write-DdbBatch $table @connection -MaxFailed 10 }
        $caught.Ended | Should -Not -BeNullOrEmpty
        $caught.Ended.Exception.Message | Should -Match '-MaxFailed'
        $caught.Errors | Should -HaveCount 11
        $told = Get-ToldCounts $caught.Ended
        $told.Failed | Should -Be 11
    }

    It '-MaxFailed lets as many fail as it says' {
        $table = New-Table
        $rows = @(New-Rows 20) + @(1..3 | ForEach-Object { [pscustomobject]@{ wrong = $_ } })
        $summary = $rows | Write-DdbBatch $table @connection -MaxFailed 3 -ErrorAction SilentlyContinue
        Assert-Invariant $summary
        $summary.Failed | Should -Be 3
        $summary.Succeeded | Should -Be 20
    }
}

Describe '-FailedItemPath' {
    BeforeEach { $file = Join-Path $TestDrive "$([guid]::NewGuid().ToString('N')).jsonl" }
    AfterEach { Reset-LocalAws }

    It 'makes no file where nothing failed' {
        $table = New-Table
        New-Rows 5 | Write-DdbBatch $table @connection -FailedItemPath $file | Out-Null
        $file | Should -Not -Exist
    }

    It 'has a line for each item that was not written: table, verb, reason, and the key and path of what could not be encoded' {
        $table = New-Table
        $rows = @(New-Rows 5) + [pscustomobject]@{ id = 'bad'; a = @{ b = @(1, { 2 }) } } + [pscustomobject]@{ no = 'key' }
        $rows | Write-DdbBatch $table @connection -FailedItemPath $file -ErrorAction SilentlyContinue | Out-Null
        $lines = @(Get-Content $file | ConvertFrom-Json)
        $lines | Should -HaveCount 2
        $lines.TableName | ForEach-Object { $_ | Should -Be $table }
        $lines.Verb | ForEach-Object { $_ | Should -Be 'Put' }
        $lines.Reason | Should -Be 'ValueNotSupported', 'KeyAttributeMissing'
        $lines[0].Key.id.S | Should -Be 'bad'
        $lines[0].Path | Should -Be 'a.b[1]'
        $lines[1].Message | Should -Not -BeNullOrEmpty
    }

    It 'has the item as DynamoDB JSON where it was encoded' {
        $table = New-Table
        Set-WriteFault @{ unprocessedAll = 1 }
        New-Rows 5 | Write-DdbBatch $table @connection -MaxRetry 2 -FailedItemPath $file -ErrorAction SilentlyContinue | Out-Null
        $lines = @(Get-Content $file | ConvertFrom-Json)
        $lines | Should -HaveCount 5
        $lines.Reason | ForEach-Object { $_ | Should -Be 'ItemUnprocessed' }
        $lines | ForEach-Object { $_.Item.id.S } | Sort-Object | Should -Be 'k0', 'k1', 'k2', 'k3', 'k4'
        $lines | ForEach-Object { $_.Item.v.N } | Sort-Object | Should -Be '1', '2', '3', '4', '5'
    }

    It 'refuses a file that has content, and leaves it as it was' {
        $table = New-Table
        Set-Content $file 'losses of yesterday'
        $caught = Invoke-Caught { @{ no = 'key' } | Write-DdbBatch $table @connection -FailedItemPath $file }
        $caught.Ended.FullyQualifiedErrorId | Should -Match '^FailedItemPathExists'
        $caught.Ended.CategoryInfo.Category | Should -Be 'ResourceExists'
        $caught.Ended.Exception.Message | Should -Match '-Append'
        Get-Content $file | Should -Be 'losses of yesterday'
    }

    It 'takes an empty existing file' {
        $table = New-Table
        $null = New-Item $file
        @{ no = 'key' } | Write-DdbBatch $table @connection -FailedItemPath $file -ErrorAction SilentlyContinue | Out-Null
        @(Get-Content $file) | Should -HaveCount 1
    }

    It 'adds with -Append' {
        $table = New-Table
        foreach ($i in 1..2) { @{ no = $i } | Write-DdbBatch $table @connection -FailedItemPath $file -Append -ErrorAction SilentlyContinue | Out-Null }
        @(Get-Content $file) | Should -HaveCount 2
    }

    It 'replaces with -Force' {
        $table = New-Table
        foreach ($i in 1..2) { @{ no = $i } | Write-DdbBatch $table @connection -FailedItemPath $file -Force -ErrorAction SilentlyContinue | Out-Null }
        @(Get-Content $file) | Should -HaveCount 1
    }

    It 'with -Force leaves no losses of an earlier run that look like those of this one' {
        $table = New-Table
        Set-Content $file 'losses of yesterday'
        @{ id = 'a' } | Write-DdbBatch $table @connection -FailedItemPath $file -Force | Out-Null
        $file | Should -Not -Exist
    }

    It 'with -Force keeps the losses of an earlier run where this one did not begin' {
        Set-Content $file 'losses of yesterday'
        $caught = Invoke-Caught { @{ id = 'a' } | Write-DdbBatch NoSuchTable @connection -FailedItemPath $file -Force }
        $caught.Ended | Should -Not -BeNullOrEmpty
        Get-Content $file | Should -Be 'losses of yesterday'
    }

    It 'says to pipe an array that came in one piece' {
        $table = New-Table
        $null = Write-DdbBatch $table -InputObject @(@{ id = 'a' }, @{ id = 'b' }) @connection -ErrorVariable bad -ErrorAction SilentlyContinue
        $bad | Should -HaveCount 1
        "$bad" | Should -BeLike '*array in one piece*Pipe it*'
    }

    It 'refuses a folder that does not exist before anything is written' {
        $table = New-Table
        $caught = Invoke-Caught { @{ id = 'a' } | Write-DdbBatch $table @connection -FailedItemPath (Join-Path $TestDrive 'no/such/file') }
        $caught.Ended.FullyQualifiedErrorId | Should -Match '^FailedItemPathNotUsable'
        Get-StoredCount $table | Should -Be 0
    }

    It 'takes a path relative to the current location, and a PowerShell drive' {
        $table = New-Table
        Push-Location $TestDrive
        try { @{ no = 'key' } | Write-DdbBatch $table @connection -FailedItemPath './relative.jsonl' -ErrorAction SilentlyContinue | Out-Null }
        finally { Pop-Location }
        Join-Path $TestDrive 'relative.jsonl' | Should -Exist
        @{ no = 'key' } | Write-DdbBatch $table @connection -FailedItemPath 'TestDrive:/drive.jsonl' -ErrorAction SilentlyContinue | Out-Null
        'TestDrive:/drive.jsonl' | Should -Exist
    }

    It 'has what was not sent when the run ends early, and what failed' {
        $table = New-Table
        # So slow that the input is through first, however this process stalls.
        Set-WriteFault -Latency 1500
        $caught = Invoke-Caught {
            1..2000 | ForEach-Object { if ($_ -eq 900) { [pscustomobject]@{ no = 'key' } } else { [pscustomobject]@{ id = "k$_"; v = $_ } } } |
                Write-DdbBatch $table @connection -ThrottleLimit 1 -MaxFailed 0 -FailedItemPath $file
        }
        Wait-LateWrite
        $told = Get-ToldCounts $caught.Ended
        $lines = @(Get-Content $file | ConvertFrom-Json)
        $lines.Count | Should -Be ($told.NotSent + $told.Failed + $told.Unknown)
        @($lines | Where-Object Reason -eq 'NotSent').Count | Should -Be $told.NotSent
        $told.NotSent | Should -BeGreaterThan 0
        # What is in no line is in the table, and the other way round.
        $stored = Get-StoredVersions $table
        $stored.Count | Should -Be $told.Succeeded
        @($lines | Where-Object Reason -eq 'NotSent' | Where-Object { $stored.ContainsKey($_.Item.id.S) }) | Should -HaveCount 0
    }

    It 'has all items of a table whose access is denied in mid-run' {
        $table = New-Table
        Set-WriteFault -Next 'none', 'accessDenied', 'accessDenied', 'accessDenied', 'accessDenied'
        $caught = Invoke-Caught { New-Rows 200 | Write-DdbBatch $table @connection -ThrottleLimit 1 -FailedItemPath $file }
        $caught.Ended.FullyQualifiedErrorId | Should -Match '^AccessDenied,'
        $told = Get-ToldCounts $caught.Ended
        @(Get-Content $file).Count | Should -Be ($told.Accepted - $told.Succeeded - $told.Replaced)
        Get-StoredCount $table | Should -Be $told.Succeeded
    }
}
