# DynamoDB JSON in files, and from files into tables.
BeforeAll {
    Set-StrictMode -Version Latest
    $ErrorActionPreference = 'Continue'
    Import-Module "$PSScriptRoot/DynamoBatch.TestHelpers.psm1"
    Import-Module (Get-ModulePath)
}

Describe 'Files' {
    BeforeAll { Push-Location $TestDrive }
    AfterAll { Pop-Location }
    BeforeEach { Get-ChildItem $TestDrive | Remove-Item -Recurse -Force }

    It 'are written and read: <_>' -ForEach 'a.jsonl', 'a.jsonl.gz' {
        New-Rows 2500 | ConvertTo-DdbJson -Path $_ | Should -BeNullOrEmpty
        $items = ConvertFrom-DdbJson -Path $_
        $items | Should -HaveCount 2500
        $items[2499].id | Should -Be (New-Rows 2500)[2499].id
    }

    It 'are gzip by their bytes, not by their name' {
        New-Rows 3 | ConvertTo-DdbJson -Path a.gz
        [IO.File]::ReadAllBytes("$TestDrive/a.gz")[0] | Should -Be 0x1f
        Rename-Item a.gz b.txt
        ConvertFrom-DdbJson -Path b.txt | Should -HaveCount 3
    }

    It 'are added to: <_>' -ForEach 'a.jsonl', 'a.jsonl.gz' {
        New-Rows 3 | ConvertTo-DdbJson -Path $_ -Append
        New-Rows 4 | ConvertTo-DdbJson -Path $_ -Append
        ConvertFrom-DdbJson -Path $_ | Should -HaveCount 7
    }

    It 'are not replaced unasked' {
        New-Rows 3 | ConvertTo-DdbJson -Path a.jsonl
        { New-Rows 1 | ConvertTo-DdbJson -Path a.jsonl } | Should -Throw -ErrorId 'PathExists,*'
        ConvertFrom-DdbJson -Path a.jsonl | Should -HaveCount 3
        New-Rows 1 | ConvertTo-DdbJson -Path a.jsonl -Force
        ConvertFrom-DdbJson -Path a.jsonl | Should -HaveCount 1
    }

    It 'keep what they hold where nothing was converted, since the input failed' {
        New-Rows 3 | ConvertTo-DdbJson -Path a.jsonl
        { & { throw 'upstream' } | ConvertTo-DdbJson -Path a.jsonl -Force } | Should -Throw 'upstream'
        ConvertFrom-DdbJson -Path a.jsonl | Should -HaveCount 3
    }

    It 'are empty where there was no input' {
        @() | ConvertTo-DdbJson -Path a.jsonl
        (Get-Item a.jsonl).Length | Should -Be 0
        ConvertFrom-DdbJson -Path a.jsonl | Should -BeNullOrEmpty
    }

    It 'are not emptied by those who read them' {
        New-Rows 3000 | ConvertTo-DdbJson -Path a.jsonl
        { ConvertFrom-DdbJson -Path a.jsonl | ConvertTo-DdbJson -Path a.jsonl -Force } | Should -Throw -ErrorId 'PathNotUsable,*'
        ConvertFrom-DdbJson -Path a.jsonl | Should -HaveCount 3000
    }

    It 'must lie in a folder that exists' {
        { New-Rows 1 | ConvertTo-DdbJson -Path nowhere/a.jsonl } | Should -Throw -ErrorId 'PathNotUsable,*'
    }

    It 'are closed when the pipeline is cut short, and hold what was converted' {
        { New-Rows 10 | ForEach-Object { if ($_.id -like '*7') { throw 'stop' }; $_ } | ConvertTo-DdbJson -Path a.jsonl.gz } | Should -Throw 'stop'
        @(ConvertFrom-DdbJson -Path a.jsonl.gz).Count | Should -BeGreaterThan 3
        Remove-Item a.jsonl.gz
    }

    It 'are named by wildcards, and literally' {
        New-Rows 1 | ConvertTo-DdbJson -Path 'a1.jsonl'
        New-Rows 2 | ConvertTo-DdbJson -Path 'a2.jsonl'
        Set-Content -LiteralPath 'a[1].jsonl' '{"id":{"S":"literal"}}'
        ConvertFrom-DdbJson -Path 'a?.jsonl' | Should -HaveCount 3
        (ConvertFrom-DdbJson -LiteralPath 'a[1].jsonl').id | Should -Be 'literal'
        @(ConvertFrom-DdbJson -Path 'a[1].jsonl') | Should -HaveCount 1
    }

    It 'are an error each where they are not there, and the others are read' {
        New-Rows 2 | ConvertTo-DdbJson -Path a.jsonl
        $caught = Invoke-Caught { ConvertFrom-DdbJson -Path 'none.jsonl', 'n*.x', $TestDrive, 'env:', 'a.jsonl' }
        $caught.Output | Should -HaveCount 2
        $caught.Errors | Should -HaveCount 4
        $caught.Errors.FullyQualifiedErrorId | Should -BeLike 'PathNotFound,*'
    }

    It 'may begin with a byte order mark' {
        Set-Content a.jsonl '{"id":{"S":"1"}}', '{"id":{"S":"2"}}' -Encoding utf8BOM
        @(ConvertFrom-DdbJson -Path a.jsonl).id | Should -Be '1', '2'
        @([IO.File]::ReadAllLines("$TestDrive/a.jsonl", [Text.UTF8Encoding]::new()) | ConvertFrom-DdbJson).id | Should -Be '1', '2'
    }

    It 'are refused as UTF-16' {
        Set-Content a.jsonl '{"id":{"S":"1"}}' -Encoding unicode
        (Invoke-Caught { ConvertFrom-DdbJson -Path a.jsonl }).Errors[0].FullyQualifiedErrorId | Should -BeLike 'FileNotReadable,*'
        (Get-Content a.jsonl -Encoding unicode | ConvertFrom-DdbJson).id | Should -Be '1'
    }

    It 'tell the line and file of what is wrong' {
        Set-Content a.jsonl '{"id":{"S":"1"}}', 'nope', '', '{"id":{"S":"2"}}' -NoNewline:$false
        $caught = Invoke-Caught { ConvertFrom-DdbJson -Path a.jsonl }
        $caught.Output.id | Should -Be '1', '2'
        $caught.Errors[0].Exception.Message | Should -BeLike "Line 2 of '*a.jsonl'*"
        $caught.Errors[0].TargetObject | Should -Be 'nope'
    }

    It 'give all but the last line where that is cut off' {
        Set-Content a.jsonl "{`"id`":{`"S`":`"1`"}}`n{`"id`":{`"S`":`"2`"}}`n{`"id`":{`"S" -NoNewline
        $caught = Invoke-Caught { ConvertFrom-DdbJson -Path a.jsonl }
        $caught.Output.id | Should -Be '1', '2'
        $caught.Errors | Should -HaveCount 1
        $caught.Errors[0].Exception.Message | Should -BeLike 'Line 3 *cut off*'
    }

    It 'give what is whole of gzip data that is cut off' {
        New-Rows 5000 | ConvertTo-DdbJson -Path a.gz
        $bytes = [IO.File]::ReadAllBytes("$TestDrive/a.gz")
        [IO.File]::WriteAllBytes("$TestDrive/torn.gz", $bytes[0..($bytes.Length / 2)])
        $caught = Invoke-Caught { ConvertFrom-DdbJson -Path torn.gz }
        $caught.Output.Count | Should -BeIn (1000..4900)
        $caught.Output[-1].id | Should -Be (New-Rows 5000)[$caught.Output.Count - 1].id
        $caught.Errors | Should -HaveCount 1
        $caught.Errors[0].FullyQualifiedErrorId | Should -BeLike 'LineNotValid,*'
        $caught.Errors[0].Exception.Message | Should -BeLike "Line $($caught.Output.Count + 1) of '*torn.gz'*cut off*"
    }

    It 'can be deleted once Select-Object had enough' {
        New-Rows 5000 | ConvertTo-DdbJson -Path a.jsonl
        ConvertFrom-DdbJson -Path a.jsonl | Select-Object -First 1 | Should -HaveCount 1
        $file = [IO.File]::Open("$TestDrive/a.jsonl", 'Open', 'ReadWrite', 'None')
        $file.Dispose()
    }
}

Describe 'With a table' {
    BeforeAll {
        $null = Start-LocalAws
        $connection = Get-Connection
    }
    AfterAll { Stop-LocalAws }

    It 'stores what was read, and a number of 38 digits as it was' {
        $table = New-Table
        '{"id":{"S":"a"},"n":{"N":"12345678901234567890123456789012345678"},"s":{"NS":["0.12345678901234567890123456789012345678","1"]}}' |
            ConvertFrom-DdbJson | Write-DdbBatch $table @connection | Out-Null
        $item = Get-StoredItem $table 'a'
        $item.n.N | Should -BeExactly '12345678901234567890123456789012345678'
        $item.s.NS | Sort-Object | Should -Be '0.12345678901234567890123456789012345678', '1'
    }

    It 'writes again what failed several times of one key in its order, from the file and from the errors' {
        $table = New-Table
        Set-WriteFault -Chance @{ throttled = 1 }
        $file = Join-Path $TestDrive 'repeated.jsonl'
        $null = New-Rows 30 -Keys 10 | Write-DdbBatch $table -MaxRetry 2 -FailedItemPath $file -ErrorVariable bad -ErrorAction SilentlyContinue @connection
        Reset-LocalAws
        $bad | Should -HaveCount 30
        $null = ConvertFrom-DdbJson -Path $file | Write-DdbBatch $table @connection
        ((Get-StoredVersions $table).Values | Measure-Object -Minimum).Minimum | Should -Be 21
        $other = New-Table
        $null = $bad | ForEach-Object TargetObject | Write-DdbBatch $other @connection
        ((Get-StoredVersions $other).Values | Measure-Object -Minimum).Minimum | Should -Be 21
    }

    It 'writes again what a run filed, each item to its own table' {
        $there = New-Table
        $late = New-Table
        $file = "$TestDrive/failed.jsonl"
        $rows = @([pscustomobject]@{ id = '1'; to = $there }) + @(1..3 | ForEach-Object { [pscustomobject]@{ id = "$_"; n = $_; to = $late } })
        Set-WriteFault @{ throttled = 1 }
        try { $rows | Write-DdbBatch -TableNameProperty to @connection -MaxRetry 2 -FailedItemPath $file -ErrorAction SilentlyContinue | Out-Null }
        finally { Reset-LocalAws }
        $lines = @(Get-Content $file).Count
        $lines | Should -BeGreaterThan 0
        $summaries = ConvertFrom-DdbJson -Path $file -TableNameProperty Table | Write-DdbBatch -TableNameProperty Table @connection
        ($summaries | Measure-Object Succeeded -Sum).Sum | Should -Be $lines
        Get-StoredCount $late | Should -Be 3
        (Get-StoredItem $late '2').Keys | Sort-Object | Should -Be 'id', 'n'
    }
}
