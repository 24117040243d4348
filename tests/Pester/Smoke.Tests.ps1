# The few steps that everything else rests on, written for Windows PowerShell 5.1 too, for which the other files are not: import, help,
# write, update, read, JSON, views, and AWSSDK.Core of others in the session. Stands alone: TestHelpers needs PowerShell 7.
BeforeDiscovery {
    $noAwsTools = -not (Get-Module AWS.Tools.Common -ListAvailable)
}

BeforeAll {
    Set-StrictMode -Version 2
    $ErrorActionPreference = 'Stop'
    $ProgressPreference = 'SilentlyContinue'
    $root = Split-Path (Split-Path $PSScriptRoot)
    $manifest = if ($env:DYNAMOBATCH_MODULE) { $env:DYNAMOBATCH_MODULE } else { Join-Path $root 'DynamoBatch.psd1' }
    $desktop = $PSVersionTable.PSEdition -eq 'Desktop'
    $lib = Join-Path (Split-Path $manifest) $(if ($desktop) { 'lib/net472' } else { 'lib/net8.0' })
    Add-Type -AssemblyName System.Net.Http

    # It ends when its standard input closes, so it never outlives this process.
    $program = $env:DYNAMOBATCH_LOCALAWS
    if (-not $program) {
        $program = Get-ChildItem (Join-Path $root 'tests/DynamoBatch.LocalAws/bin/*/net8.0/DynamoBatch.LocalAws.dll') |
            Sort-Object LastWriteTime | Select-Object -Last 1 | ForEach-Object { $_.FullName }
    }
    $start = New-Object Diagnostics.ProcessStartInfo 'dotnet', "`"$program`" --port 0 --quit-on-stdin-close"
    $start.UseShellExecute = $false
    $start.RedirectStandardInput = $true
    $start.RedirectStandardOutput = $true
    $server = [Diagnostics.Process]::Start($start)
    $line = $server.StandardOutput.ReadLine()
    if ($line -notmatch 'ready: (\S+?)/? ') { throw "The local AWS did not start: $line" }
    $url = $Matches[1]
    $rest = $server.StandardOutput.ReadToEndAsync()
    $connection = @{ EndpointUrl = $url; AccessKey = 'local'; SecretKey = 'local'; Region = 'us-east-1' }
    $http = New-Object Net.Http.HttpClient

    # Eyes that are not the module's.
    function Invoke-Ddb([string] $Operation, [hashtable] $Body) {
        $request = New-Object Net.Http.HttpRequestMessage 'POST', $url
        $request.Content = New-Object Net.Http.StringContent (ConvertTo-Json $Body -Depth 20 -Compress), ([Text.Encoding]::UTF8), 'application/x-amz-json-1.0'
        $null = $request.Headers.TryAddWithoutValidation('X-Amz-Target', "DynamoDB_20120810.$Operation")
        $null = $request.Headers.TryAddWithoutValidation('X-Amz-Date', '20260101T000000Z')
        $null = $request.Headers.TryAddWithoutValidation('Authorization',
            'AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0')
        $answer = $http.SendAsync($request).GetAwaiter().GetResult()
        $text = $answer.Content.ReadAsStringAsync().GetAwaiter().GetResult()
        if (-not $answer.IsSuccessStatusCode) { throw $text }
        ConvertFrom-Json $text
    }

    function New-SmokeTable {
        $name = 'Smoke-' + [guid]::NewGuid().ToString('N')
        $null = Invoke-Ddb CreateTable @{
            TableName = $name; BillingMode = 'PAY_PER_REQUEST'; KeySchema = @(@{ AttributeName = 'id'; KeyType = 'HASH' })
            AttributeDefinitions = @(@{ AttributeName = 'id'; AttributeType = 'S' })
        }
        $deadline = [DateTime]::UtcNow.AddSeconds(90)
        while ((Invoke-Ddb DescribeTable @{ TableName = $name }).Table.TableStatus -ne 'ACTIVE') {
            if ([DateTime]::UtcNow -gt $deadline) { throw "Table '$name' does not become active." }
            Start-Sleep -Milliseconds 50
        }
        $name
    }

    # What a script writes in a PowerShell of its own, of this edition; the error's text where it fails.
    function Invoke-Own([string] $Script) {
        $prolog = "`$ErrorActionPreference = 'Stop'; `$ProgressPreference = 'SilentlyContinue'; `$WarningPreference = 'SilentlyContinue'; " +
            "`$connection = @{ EndpointUrl = '$url'; AccessKey = 'local'; SecretKey = 'local'; Region = 'us-east-1' }`ntry {`n"
        $code = $prolog + $Script + "`n} catch { `"FAILED `$(`$_.Exception) `$(`$_.Exception.InnerException)`" }"
        $encoded = [Convert]::ToBase64String([Text.Encoding]::Unicode.GetBytes($code))
        & (Get-Process -Id $PID).Path -NoProfile -NonInteractive -ExecutionPolicy Bypass -OutputFormat Text -EncodedCommand $encoded | ForEach-Object { "$_" }
    }

    Import-Module $manifest
}

AfterAll {
    $server.StandardInput.Close()
    if (-not $server.WaitForExit(10000)) { $server.Kill() }
    $http.Dispose()
}

Describe 'Import' {
    It 'takes the build of this edition' {
        [IO.Path]::GetFullPath((Get-Command Write-DdbBatch).ImplementingType.Assembly.Location) | Should -Be ([IO.Path]::GetFullPath((Join-Path $lib 'DynamoBatch.dll')))
    }

    It 'gives the commands of the manifest' {
        $wanted = (Import-PowerShellDataFile $manifest).CmdletsToExport | Sort-Object
        (Get-Command -Module DynamoBatch | ForEach-Object { $_.Name } | Sort-Object) | Should -Be $wanted
    }

    It 'works again after Remove-Module' {
        $said = Invoke-Own "Import-Module '$manifest'; Remove-Module DynamoBatch; Import-Module '$manifest'; (@{ id = 'a'; v = 1 } | ConvertTo-DdbJson).Length -gt 10"
        $said | Should -Be 'True'
    }
}

Describe 'Help' {
    It 'is there for every command' {
        foreach ($command in Get-Command -Module DynamoBatch) {
            $help = Get-Help $command.Name -Full
            $help.Synopsis | Should -Not -BeNullOrEmpty
            $help.Synopsis.Trim() | Should -Not -Match "^$($command.Name) " -Because 'PowerShell makes that up where there is no help'
            @($help.Examples.Example).Count | Should -BeGreaterThan 2
        }
    }
}

Describe 'A round' {
    It 'loads a CSV, reads it back, changes it, reads a part, and deletes' {
        $table = New-SmokeTable
        $csv = Join-Path $TestDrive 'users.csv'
        "id,name,age,tags`n" + (@(1..60 | ForEach-Object { "u$_,Zo$([char] 0xEB) $_,$_,a;b" }) -join "`n") | Set-Content $csv -Encoding UTF8
        $summary = Import-Csv $csv -Encoding UTF8 | Write-DdbBatch $table @connection -AttributeType @{ age = 'N'; tags = 'SS' }
        $summary.Accepted | Should -Be 60
        $summary.Succeeded | Should -Be 60
        (Invoke-Ddb GetItem @{ TableName = $table; Key = @{ id = @{ S = 'u7' } } }).Item.name.S | Should -Be "Zo$([char] 0xEB) 7"

        $items = @(Read-DdbTable $table @connection)
        $items.Count | Should -Be 60
        ($items | Measure-Object age -Sum).Sum | Should -Be 1830

        # -Upsert goes by UpdateItem, which every local server knows.
        (@(1..5 | ForEach-Object { [pscustomobject]@{ id = "u$_"; age = 100 } }) | Update-DdbBatch $table @connection -Upsert).Succeeded | Should -Be 5
        $read = @(1..6 | ForEach-Object { @{ id = "u$_" } } | Read-DdbBatch $table @connection)
        @($read | Where-Object { $_.age -eq 100 }).Count | Should -Be 5

        (@('u1', 'u2') | Remove-DdbBatch $table @connection).Succeeded | Should -Be 2
        (Invoke-Ddb Scan @{ TableName = $table; Select = 'COUNT' }).Count | Should -Be 58
    }

    It 'gives one error for a bad object, which holds it, and writes the others' {
        $table = New-SmokeTable
        $rows = @{ id = 'a'; v = 1 }, @{ ID = 'b' }, @{ id = 'c'; v = 3 }
        $bad = @()
        $summary = $rows | Write-DdbBatch $table @connection -ErrorVariable bad -ErrorAction SilentlyContinue
        $summary.Succeeded | Should -Be 2
        $summary.Failed | Should -Be 1
        $bad.Count | Should -Be 1
        $bad[0].TargetObject.ID | Should -Be 'b'
    }

    It 'keeps types through a file of JSON lines' {
        $file = Join-Path $TestDrive 'lines.jsonl'
        @{ id = 'x'; big = [decimal]::Parse('12345678901234567890.5', [cultureinfo]::InvariantCulture); list = @(1, 'two', $true, $null) } | ConvertTo-DdbJson | Set-Content $file
        $item = Get-Content $file | ConvertFrom-DdbJson
        "$($item.big)" | Should -Be '12345678901234567890.5'
        $item.list.Count | Should -Be 4
        $item.list[1] | Should -Be 'two'
    }

    It 'compares two tables' {
        $one = New-SmokeTable
        $other = New-SmokeTable
        $null = @{ id = 'a'; v = 1 }, @{ id = 'b'; v = 1 } | Write-DdbBatch $one @connection
        $null = @{ id = 'a'; v = 2 }, @{ id = 'b'; v = 1 } | Write-DdbBatch $other @connection
        @(Compare-DdbTable $one $other @connection).Count | Should -Be 1
    }

    It 'shows a summary as a table' {
        $table = New-SmokeTable
        @{ id = 'a' } | Write-DdbBatch $table @connection | Out-String -Width 120 | Should -Match 'Accepted\s+Succeeded\s+Failed.*TableName'
    }
}

Describe 'Beside AWS.Tools.Common' -Skip:$noAwsTools {
    It 'writes when it is imported <When>' -ForEach @(@{ When = 'before' }, @{ When = 'after' }) {
        $table = New-SmokeTable
        $theirs = 'Import-Module AWS.Tools.Common'
        $ours = "Import-Module '$manifest'"
        $lines = if ($When -eq 'before') { $theirs, $ours } else { $ours, $theirs }
        $said = @(Invoke-Own (($lines -join "`n") + "`nSet-AWSCredential -AccessKey local -SecretKey local`n" +
                "(@{ id = 'a' } | Write-DdbBatch $table -EndpointUrl '$url' -Region us-east-1).Succeeded")) -join "`n"
        if ($desktop -and $When -eq 'before' -and $said -match '^FAILED') {
            # There is one AWSSDK.Core in a Windows PowerShell: an older one must be named, and the way out of it.
            $said | Should -Match '(?s)older AWSSDK\.Core.*Import DynamoBatch before'
        }
        else {
            $said | Should -Be '1'
        }
    }
}

Describe 'Beside an older AWSSDK.Core' {
    It 'says so in Windows PowerShell, and is not touched by it in PowerShell 7' {
        # Compiled here: what counts is its name and its file version.
        $old = Join-Path $TestDrive 'AWSSDK.Core.dll'
        Add-Type -OutputAssembly $old -OutputType Library -TypeDefinition (
            '[assembly: System.Reflection.AssemblyVersion("4.0.0.0")] [assembly: System.Reflection.AssemblyFileVersion("4.0.1.0")] namespace Amazon { public class Nothing { } }')
        $table = New-SmokeTable
        $said = @(Invoke-Own "`$null = [Reflection.Assembly]::LoadFrom('$old'); Import-Module '$manifest'; (@{ id = 'a' } | Write-DdbBatch $table @connection).Succeeded") -join "`n"
        if ($desktop) {
            $said | Should -Match 'older AWSSDK\.Core'
            $said | Should -Match 'Import DynamoBatch before'
        }
        else {
            $said | Should -Be '1'
        }
    }
}
