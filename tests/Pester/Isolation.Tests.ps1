# Two AWSSDK.Core of different file versions in one PowerShell, which all call themselves 4.0.0.0: whoever is imported first, each
# module gets its own.
BeforeDiscovery {
    Import-Module "$PSScriptRoot/AwsTools.TestHelpers.psm1"
    $orders = foreach ($tools in Get-AwsTools) {
        foreach ($order in 'before', 'after', 'removed') { $tools + @{ Order = $order } }
    }
}

BeforeAll {
    Set-StrictMode -Version Latest
    Import-Module "$PSScriptRoot/DynamoBatch.TestHelpers.psm1"
    Import-Module "$PSScriptRoot/AwsTools.TestHelpers.psm1"
    $url = Start-LocalAws
    $table = New-Table
    $other = New-Table
    Enable-Recovery $table

    # Every kind of command once, and which AWSSDK.Core is where.
    $all = {
        function Invoke-EveryCommand($Table, $Other, $With) {
            $counts = [ordered]@{}
            $counts.Write = (1..30 | ForEach-Object { [pscustomobject]@{ id = "k$_"; v = $_ } } | Write-DdbBatch $Table @With).Succeeded
            $counts.Update = (@{ id = 'k1'; v = 100 } | Update-DdbBatch $Table @With).Succeeded
            $counts.Read = @('k1', 'k2' | Read-DdbBatch $Table @With).Count
            $counts.Scan = @(Read-DdbTable $Table @With).Count
            $counts.Compare = @(Compare-DdbTable $Table $Other @With).Count
            $counts.Restore = @(Restore-DdbTableInPlace $Table -SourceTableName $Other -WhatIf @With 6>$null).Count
            $counts.Json = (@{ id = 'a' } | ConvertTo-DdbJson | ConvertFrom-DdbJson).id
            $counts.Remove = (1..30 | ForEach-Object { @{ id = "k$_" } } | Remove-DdbBatch $Table @With).Succeeded
            [pscustomobject] $counts
        }
        function Get-Sdk {
            foreach ($one in [AppDomain]::CurrentDomain.GetAssemblies()) {
                if ($one.GetName().Name -ne 'AWSSDK.Core') { continue }
                [pscustomobject]@{
                    Context = [Runtime.Loader.AssemblyLoadContext]::GetLoadContext($one).Name
                    Name = "$($one.GetName().Version)"; File = [Diagnostics.FileVersionInfo]::GetVersionInfo($one.Location).FileVersion
                }
            }
        }
        $with = @{ EndpointUrl = $url; Region = 'us-east-1'; AccessKey = 'a'; SecretKey = 'b' }
    }

    function Assert-EveryCommand($Counts) {
        $Counts.Write | Should -Be 30
        $Counts.Update | Should -Be 1
        $Counts.Read | Should -Be 2
        $Counts.Scan | Should -Be 30
        $Counts.Compare | Should -Be 30
        $Counts.Restore | Should -BeGreaterThan 0
        $Counts.Json | Should -Be 'a'
        $Counts.Remove | Should -Be 30
    }
}

AfterAll { Stop-LocalAws }

Describe 'With <Name>, imported <Order>' -ForEach $orders {
    BeforeAll {
        $script = [scriptblock]::Create(@"
            param(`$url, `$table, `$other, `$tools, `$order)
            $all
            if (`$order -ne 'after') { Import-Module `$tools; Set-AWSCredential -AccessKey SESSION -SecretKey x }
            Import-Module `$global:ModulePath
            if (`$order -eq 'after') { `$null = Get-Command Write-DdbBatch; @{ id = 'first' } | Remove-DdbBatch `$table @with | Out-Null; Import-Module `$tools; Set-AWSCredential -AccessKey SESSION -SecretKey x }
            if (`$order -eq 'removed') { Remove-Module (Get-Command Get-AWSCredential).Source }
            `$session = @{ EndpointUrl = `$url; Region = 'us-east-1' }
            [pscustomobject]@{ Counts = Invoke-EveryCommand `$table `$other `$session; Sdk = @(Get-Sdk); Keys = @((Get-Seen { @{ id = 'x' } | Remove-DdbBatch `$table @session }).Keys) }
"@)
        $ran = Invoke-InShell $script $url $table $other $Path $Order -WithoutModule
    }

    It 'every command works, with the session''s credentials' {
        Assert-EveryCommand $ran.Counts
        $ran.Keys | Should -Be 'SESSION'
    }

    It 'two AWSSDK.Core are loaded, each in its own context, under one name' {
        $ran.Sdk | Should -HaveCount 2
        @($ran.Sdk.Context | Sort-Object) | Should -Be 'Default', 'DynamoBatch'
        @($ran.Sdk.Name | Select-Object -Unique) | Should -HaveCount 1
        if ($StandIn) { @($ran.Sdk.File | Select-Object -Unique) | Should -HaveCount 2 }
    }
}

Describe 'Imports' {
    It 'may be repeated: <Case>' -ForEach @(
        @{ Case = 'twice by force'; Again = 'Import-Module $global:ModulePath -Force; Import-Module $global:ModulePath -Force' }
        @{ Case = 'removed and imported again'; Again = 'Remove-Module DynamoBatch; Import-Module $global:ModulePath' }
    ) {
        $script = [scriptblock]::Create("param(`$url, `$table, `$other)`n$all`n`$null = @{ id = 'x' } | Remove-DdbBatch `$table @with; $Again`n[pscustomobject]@{ Counts = Invoke-EveryCommand `$table `$other `$with; Sdk = @(Get-Sdk) }")
        $ran = Invoke-InShell $script $url $table $other
        Assert-EveryCommand $ran.Counts
        $ran.Sdk | Should -HaveCount 1
    }

    It 'say what to do where another version was loaded before' {
        $script = {
            param($url, $newer)
            $null = New-Item (Join-Path $newer 'lib/net8.0') -ItemType Directory
            $own = Split-Path $ModulePath
            Copy-Item (Join-Path $own 'DynamoBatch.psd1'), (Join-Path $own 'DynamoBatch.psm1') $newer
            Copy-Item (Join-Path $own 'lib/*.ps1xml') (Join-Path $newer 'lib')
            # Not by -OutputAssembly, which gives the assembly a name of its own.
            Add-Type 'public class LoadsTheCompiler { }'
            $code = [Microsoft.CodeAnalysis.CSharp.CSharpSyntaxTree]::ParseText('[assembly: System.Reflection.AssemblyVersion("99.0.0.0")]')
            $core = [Microsoft.CodeAnalysis.MetadataReference]::CreateFromFile([object].Assembly.Location)
            $options = [Microsoft.CodeAnalysis.CSharp.CSharpCompilationOptions]::new('DynamicallyLinkedLibrary')
            $file = [IO.File]::Create((Join-Path $newer 'lib/net8.0/DynamoBatch.Loading.dll'))
            $made = [Microsoft.CodeAnalysis.CSharp.CSharpCompilation]::Create('DynamoBatch.Loading', [Microsoft.CodeAnalysis.SyntaxTree[]] $code, [Microsoft.CodeAnalysis.MetadataReference[]] $core, $options).Emit($file)
            $file.Dispose()
            if (-not $made.Success) { throw "$($made.Diagnostics)" }
            Remove-Module DynamoBatch
            [pscustomobject]@{ Error = "$(try { Import-Module (Join-Path $newer 'DynamoBatch.psd1') -ErrorAction Stop } catch { $_ })" }
        }
        (Invoke-InShell $script $url (Join-Path $TestDrive 'newer')).Error | Should -Match '^Another version of DynamoBatch .* start a new PowerShell'
    }

    It 'work in a job, beside AWS Tools' {
        $tools = (Get-AwsTools | Select-Object -First 1).Path
        $job = Start-Job -ArgumentList $tools, (Get-ModulePath), $table, (Get-Connection) {
            param($tools, $module, $table, $with)
            Import-Module $tools
            Import-Module $module
            @{ id = 'job' } | Write-DdbBatch $table @with
        }
        try { $summary = Receive-Job $job -Wait } finally { Remove-Job $job -Force }
        $summary.Succeeded | Should -Be 1
        "$($summary.psobject.TypeNames)" | Should -Match 'BatchSummary'
    }

    It 'work in eight runspaces at once, first of all, with eight commands at once' {
        $script = [scriptblock]::Create(@"
            param(`$url, `$table, `$other, `$tools)
            $all
            `$ran = 1..8 | ForEach-Object -ThrottleLimit 8 -Parallel {
                if (`$_ % 2) { Import-Module `$using:tools }
                Import-Module `$using:ModulePath
                `$with = `$using:with
                `$n = `$_
                (1..50 | ForEach-Object { @{ id = "r`$n-`$_" } } | Write-DdbBatch `$using:table @with).Succeeded
            }
            [pscustomobject]@{ Succeeded = @(`$ran); Sdk = @(Get-Sdk) }
"@)
        $ran = Invoke-InShell $script $url $table $other (Get-AwsTools | Select-Object -First 1).Path -WithoutModule
        $ran.Succeeded | Should -Be (@(50) * 8)
        $ran.Sdk | Should -HaveCount 2
    }
}
