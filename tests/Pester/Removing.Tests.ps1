# What is particular to Remove-DdbBatch: bare keys, objects of which only the key counts, the items that it gives back, and how it asks.
BeforeAll {
    Set-StrictMode -Version Latest
    $ErrorActionPreference = 'Continue'
    Import-Module "$PSScriptRoot/DynamoBatch.TestHelpers.psm1"
    Import-Module (Get-ModulePath)
    $null = Start-LocalAws
    $connection = Get-Connection

    function Get-ErrorIds($Caught) { $Caught.Errors | ForEach-Object { ($_.FullyQualifiedErrorId -split ',')[0] } }

    function Get-Requests([string] $Operation) { @((Invoke-Control log -Method Get) | ForEach-Object { $_ } | Where-Object operation -eq $Operation) }
}

AfterAll { Stop-LocalAws }

Describe 'Removing' {
    BeforeEach { Reset-LocalAws }

    It 'deletes what the objects name and nothing else, 25 to a request' {
        $table = New-Table
        New-Rows 1000 | Write-DdbBatch $table @connection | Out-Null
        Reset-LocalAws
        $summary = New-Rows 900 | Remove-DdbBatch $table @connection
        Assert-Invariant $summary
        $summary.Succeeded | Should -Be 900
        # 36, and one more for each time that the input stalls.
        $summary.Requests | Should -BeLessOrEqual 50
        (Get-WriteRequests | Measure-Object items -Maximum).Maximum | Should -Be 25
        (Get-StoredItems $table).id.S | Sort-Object | Should -Be (900..999 | ForEach-Object { "k$_" } | Sort-Object)
    }

    It 'takes bare text, as from Get-Content' {
        $table = New-Table
        New-Rows 5 | Write-DdbBatch $table @connection | Out-Null
        $file = Join-Path $TestDrive 'ids.txt'
        Set-Content $file 'k0', 'k3', 'never there'
        (Get-Content $file | Remove-DdbBatch $table @connection).Succeeded | Should -Be 3
        (Get-StoredItems $table).id.S | Sort-Object | Should -Be 'k1', 'k2', 'k4'
    }

    It 'takes bare numbers, numbers as text, and bytes' {
        $numbers = New-Table -KeyType N
        1..10 | ForEach-Object { @{ id = $_ } } | Write-DdbBatch $numbers @connection | Out-Null
        (1..5 | Remove-DdbBatch $numbers @connection).Succeeded | Should -Be 5
        ('6', '7.0', 8.0 | Remove-DdbBatch $numbers @connection).Succeeded | Should -Be 3
        (Get-StoredItems $numbers).id.N | Sort-Object | Should -Be '10', '9'
        $bytes = New-Table -KeyType B
        @{ id = [byte[]] (1, 2) }, @{ id = [byte[]] (3, 4) } | Write-DdbBatch $bytes @connection | Out-Null
        (, [byte[]] (1, 2) | Remove-DdbBatch $bytes @connection).Succeeded | Should -Be 1
        @(Get-StoredItems $bytes).id.B | Should -Be 'AwQ='
    }

    It 'looks at the key alone: other properties may hold anything' {
        $table = New-Table -SortKey at -SortKeyType N
        1..4 | ForEach-Object { @{ id = 'p'; at = $_ } } | Write-DdbBatch $table @connection | Out-Null
        $rows = [pscustomobject]@{ id = 'p'; at = '1'; run = { 1 } }, @{ id = 'p'; at = 2; big = 'x' * 500000 }, [pscustomobject]@{ at = 3.0; id = 'p' }
        ($rows | Remove-DdbBatch $table @connection).Succeeded | Should -Be 3
        @(Get-StoredItems $table).at.N | Should -Be '4'
    }

    It 'makes one request of several removals of a key that waits' {
        $table = New-Table
        $summary = 'a', 'b', 'a', 'a' | Remove-DdbBatch $table @connection
        Assert-Invariant $summary
        $summary.Succeeded | Should -Be 2
        $summary.Replaced | Should -Be 2
    }

    It 'gives back with -ReturnOld what was there' {
        $table = New-Table
        @{ id = 'a'; v = 1 }, @{ id = 'b'; v = 2 } | Write-DdbBatch $table @connection | Out-Null
        $items = 'a', 'b', 'c' | Remove-DdbBatch $table @connection -ReturnOld -InformationVariable told
        $items | Sort-Object id | ForEach-Object { "$($_.id)=$($_.v)" } | Should -Be 'a=1', 'b=2'
        $told.MessageData.Succeeded | Should -Be 3
        Get-StoredCount $table | Should -Be 0
        # What was removed can be put back.
        ($items | Write-DdbBatch $table @connection).Succeeded | Should -Be 2
    }

    It 'emits with -PassThru the input objects' {
        $table = New-Table
        1, 'a' | Remove-DdbBatch $table @connection -PassThru | Sort-Object { "$_" } | Should -Be 1, 'a'
    }

    It 'routes objects to tables' {
        $one = New-Table
        $two = New-Table
        foreach ($table in $one, $two) { New-Rows 4 | Write-DdbBatch $table @connection | Out-Null }
        $summaries = @{ id = 'k0'; t = $one }, @{ id = 'k1'; t = $two }, @{ id = 'k2' } | Remove-DdbBatch $one -TableNameProperty t @connection
        Assert-Invariant $summaries
        (Get-StoredItems $one).id.S | Sort-Object | Should -Be 'k1', 'k3'
        (Get-StoredItems $two).id.S | Sort-Object | Should -Be 'k0', 'k2', 'k3'
    }
}

Describe 'One bad object among good ones: <Name>' -ForEach @(
    @{ Name = 'no key'; Bad = { @{ name = 'k5' } }; Id = 'KeyAttributeMissing'; Message = "'id'" }
    @{ Name = 'an empty line'; Bad = { '' }; Id = 'KeyAttributeInvalid'; Message = 'empty' }
    @{ Name = 'a truth'; Bad = { $true }; Id = 'KeyAttributeInvalid'; Message = 'System.Boolean' }
    @{ Name = 'a list'; Bad = { , @('k5', 'k6') }; Id = 'ValueNotSupported'; Message = 'Object\[\]' }
    @{ Name = 'a key too long'; Bad = { 'x' * 2049 }; Id = 'KeyAttributeInvalid'; Message = '2,?048' }
    @{ Name = 'a key that is a map'; Bad = { @{ id = @{ a = 1 } } }; Id = 'KeyAttributeInvalid'; Message = "'id'" }
) {
    It 'is one error, and the others are removed' {
        $table = New-Table
        New-Rows 10 | Write-DdbBatch $table @connection | Out-Null
        $rows = [Collections.Generic.List[object]] @('k0', 'k1', 'k2', 'k3')
        $rows.Insert(2, (& $Bad))
        $file = Join-Path $TestDrive "$table.jsonl"
        $caught = Invoke-Caught { $rows | Remove-DdbBatch $table @connection -FailedItemPath $file }
        Get-ErrorIds $caught | Should -Be $Id
        $caught.Errors[0].Exception.Message | Should -Match $Message
        Assert-Invariant $caught.Output
        $caught.Output.Failed | Should -Be 1
        (Get-Content $file | ConvertFrom-Json).Verb | Should -Be 'Delete'
        Get-StoredCount $table | Should -Be 6
    }
}

Describe 'A bare key of a table whose key is two attributes' {
    It 'is an error that names the other one' {
        $table = New-Table -SortKey at
        $caught = Invoke-Caught { 'p' | Remove-DdbBatch $table @connection }
        Get-ErrorIds $caught | Should -Be 'KeyAttributeMissing'
        $caught.Errors[0].Exception.Message | Should -Match "sort key 'at'"
    }
}

Describe 'Asking' {
    BeforeEach { Reset-LocalAws }

    It 'removes nothing with -WhatIf, and says how many' {
        $table = New-Table
        New-Rows 3 | Write-DdbBatch $table @connection | Out-Null
        $plan = New-Rows 3 | Remove-DdbBatch $table @connection -WhatIf
        $plan.WhatIf | Should -BeTrue
        $plan.Planned | Should -Be 3
        Get-StoredCount $table | Should -Be 3
    }

    It 'asks where $ConfirmPreference is Medium, once for a table; <Answered>' -ForEach @(
        @{ Answered = 'No'; Answer = 2; Left = 3; NotSent = 3 }
        @{ Answered = 'Yes'; Answer = 0; Left = 0; NotSent = 0 }
    ) {
        $table = New-Table
        New-Rows 3 | Write-DdbBatch $table @connection | Out-Null
        $answering = New-TestHost $Answer
        $runspace = [runspacefactory]::CreateRunspace($answering)
        $runspace.Open()
        $shell = [powershell]::Create()
        $shell.Runspace = $runspace
        try {
            $runspace.SessionStateProxy.SetVariable('connection', $connection)
            $summary = $shell.AddScript("Import-Module '$(Get-ModulePath)'; `$ConfirmPreference = 'Medium'; 'k0', 'k1', 'k2' | Remove-DdbBatch $table @connection").Invoke()[0]
        }
        finally { $shell.Dispose(); $runspace.Dispose() }
        $answering.Asked | Should -HaveCount 1
        "$($answering.Asked[0])" | Should -Match "Delete items in table '$table'"
        $summary.NotSent | Should -Be $NotSent
        Get-StoredCount $table | Should -Be $Left
    }
}

Describe 'A faulty service, seed <_>' -ForEach 1, 2 {
    AfterEach { Reset-LocalAws }

    It 'removes all the same, and warns of each item that went with a lost answer' {
        $table = New-Table
        New-Rows 150 | Write-DdbBatch $table @connection | Out-Null
        $chance = @{ throttled = 0.1; error500After = 0.06; error500Before = 0.05; cutAfter = 0.06; cutBefore = 0.05; lateCut = 0.03; transactionConflict = 0.04 }
        Set-Fault @{ seed = $_; operations = @{ DeleteItem = @{ chance = $chance } } }
        $caught = Invoke-Caught { 0..149 | ForEach-Object { "k$_" } | Remove-DdbBatch $table @connection -ReturnOld }
        $caught.Errors | Should -HaveCount 0
        $caught.Information[0].MessageData.Succeeded | Should -Be 150
        $caught.Output.Count + $caught.Warnings.Count | Should -Be 150 -Because "seed $_"
        $caught.Warnings.Count | Should -BeGreaterThan 0 -Because "seed $_"
        "$($caught.Warnings[0])" | Should -Match "id='k\d+'.*lost"
        Wait-LateWrite
        Get-StoredCount $table | Should -Be 0
    }
}

Describe 'A purge' {
    It 'removes what a scan finds while the scan goes on, and nothing else: <_> segments' -ForEach 1, 4 {
        $table = New-Table
        New-Rows 3000 | Write-DdbBatch $table @connection | Out-Null
        $removed = Read-DdbTable $table -TotalSegment $_ -Filter 'v <= :v' -FilterValue @{ ':v' = 2000 } @connection | Remove-DdbBatch $table @connection
        $removed.Succeeded | Should -Be 2000
        $left = Get-StoredVersions $table
        $left.Count | Should -Be 1000
        ($left.Values | Measure-Object -Minimum).Minimum | Should -Be 2001
    }
}

Describe 'Denied' {
    AfterEach { Reset-LocalAws }

    It 'ends with AccessDenied, and needs DeleteItem for -ReturnOld alone' {
        $table = New-Table
        Set-Fault @{ denied = @('DeleteItem') }
        ('a' | Remove-DdbBatch $table @connection).Succeeded | Should -Be 1
        $caught = Invoke-Caught { 'a' | Remove-DdbBatch $table @connection -ReturnOld }
        $caught.Ended.FullyQualifiedErrorId | Should -Match '^AccessDenied,'
        $caught.Ended.Exception.Message | Should -Match 'dynamodb:DeleteItem'
    }
}
