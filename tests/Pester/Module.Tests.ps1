# The module as PowerShell sees it: manifest, import, the command's surface, views, and what it leaves in the session.
BeforeDiscovery {
    $root = Split-Path (Split-Path $PSScriptRoot)
    $commands = (Import-PowerShellDataFile (Join-Path $root 'DynamoBatch.psd1')).CmdletsToExport
}

BeforeAll {
    Set-StrictMode -Version Latest
    $ErrorActionPreference = 'Continue'
    Import-Module "$PSScriptRoot/DynamoBatch.TestHelpers.psm1"
    $manifest = Get-ModulePath
    Import-Module $manifest
    $url = Start-LocalAws
    $connection = Get-Connection
    $pwsh = (Get-Process -Id $PID).Path

    # A script in a PowerShell of its own, with the module's path in $manifest and the server's in $url; what it writes.
    function Invoke-Fresh([string] $Script) {
        $prolog = "`$ErrorActionPreference = 'Stop'; `$PSStyle.OutputRendering = 'PlainText'; `$ProgressPreference = 'SilentlyContinue'; " +
            "`$manifest = '$manifest'; `$url = '$url'; " +
            "`$connection = @{ EndpointUrl = `$url; AccessKey = 'local'; SecretKey = 'local'; Region = 'us-east-1' }`n"
        $encoded = [Convert]::ToBase64String([Text.Encoding]::Unicode.GetBytes($prolog + $Script))
        $said = & $pwsh -NoProfile -NonInteractive -EncodedCommand $encoded 2>&1 | ForEach-Object { "$_" }
        if ($LASTEXITCODE -ne 0) { throw ($said -join "`n") }
        $said
    }
}

AfterAll { Stop-LocalAws }

Describe 'The manifest' {
    It 'is accepted by Test-ModuleManifest' {
        $info = Test-ModuleManifest $manifest -ErrorAction Stop -WarningAction Stop
        $info.Name | Should -Be 'DynamoBatch'
        $info.PowerShellVersion | Should -Be '5.1'
    }

    It 'is static data' {
        $data = Import-PowerShellDataFile $manifest
        $data.CmdletsToExport | Should -Contain 'Write-DdbBatch'
        $data.CmdletsToExport | Should -Not -Contain '*'
        $data.FunctionsToExport | Should -HaveCount 0
        $data.AliasesToExport | Should -HaveCount 0
    }

    It 'exports exactly what the module has' {
        $data = Import-PowerShellDataFile $manifest
        (Get-Command -Module DynamoBatch).Name | Sort-Object | Should -Be ($data.CmdletsToExport | Sort-Object)
    }

    It 'names files that exist' {
        $data = Import-PowerShellDataFile $manifest
        foreach ($file in @($data.RootModule) + $data.FormatsToProcess + $data.TypesToProcess) { Join-Path (Split-Path $manifest) $file | Should -Exist }
    }
}

Describe 'Importing' {
    It 'works twice with -Force' {
        $said = Invoke-Fresh 'Import-Module $manifest -Force; Import-Module $manifest -Force; (Get-Command Write-DdbBatch).Name'
        $said | Should -Be 'Write-DdbBatch'
    }

    It 'works again after Remove-Module, and the command still writes' {
        $table = New-Table
        $said = Invoke-Fresh @"
Import-Module `$manifest
(@{ id = 'a' } | Write-DdbBatch $table @connection).Succeeded
Remove-Module DynamoBatch
if (Get-Command Write-DdbBatch -ErrorAction Ignore) { 'still there' }
`$PSModuleAutoLoadingPreference = 'None'
Import-Module `$manifest
(@{ id = 'b' } | Write-DdbBatch $table @connection).Succeeded
"@
        $said | Should -Be '1', '1'
        Get-StoredCount $table | Should -Be 2
    }

    It 'says nothing and leaves no variable, function or alias' {
        $said = Invoke-Fresh @'
$all = { (Get-Variable -Scope Global).Name; (Get-ChildItem Function:).Name; (Get-Alias).Name }
$before = & $all
Import-Module $manifest
& $all | Where-Object { $_ -notin $before -and $_ -notin 'before', '_', 'PSItem', 'args', 'input', 'Matches', 'foreach' }
'end'
'@
        $said | Should -Be 'end'
    }

    It 'brings no AWSSDK and no engine into the default load context, neither at import nor in use' {
        $table = New-Table
        $said = Invoke-Fresh @"
`$seen = { [Runtime.Loader.AssemblyLoadContext]::Default.Assemblies.GetName().Name -match '^(AWSSDK|DynamoBatch\.Core)' }
Import-Module `$manifest
& `$seen
1..50 | ForEach-Object { @{ id = "k`$_" } } | Write-DdbBatch $table @connection | ForEach-Object Succeeded
& `$seen
`$own = [Runtime.Loader.AssemblyLoadContext]::All | Where-Object Name -eq 'DynamoBatch'
@(`$own).Count
@(`$own.Assemblies.GetName().Name -eq 'DynamoBatch.Core').Count
@(`$own.Assemblies.GetName().Name -eq 'AWSSDK.Core').Count
"@
        $said | Should -Be '50', '1', '1', '1'
    }

    It 'lives beside another AWSSDK.Core in the session, whichever comes first: <First>' -ForEach @(
        @{ First = 'the other' }, @{ First = 'ours' }
    ) {
        $table = New-Table
        $lib = Join-Path (Split-Path $manifest) 'lib/net8.0/dependencies/AWSSDK.Core.dll'
        # A copy from elsewhere stands for that of AWS Tools: in the default context, of the same name and version.
        $copy = Join-Path $TestDrive ($First -replace ' ', '-') 'AWSSDK.Core.dll'
        $null = New-Item -ItemType Directory (Split-Path $copy) -Force
        Copy-Item $lib $copy
        $load = "`$null = [Reflection.Assembly]::LoadFrom('$copy')"
        $import = 'Import-Module $manifest'
        $lines = if ($First -eq 'ours') { $import, $load } else { $load, $import }
        $said = Invoke-Fresh (($lines -join "`n") + "`n(@{ id = 'a' } | Write-DdbBatch $table @connection).Succeeded`n" +
            "(@{ id = 'b' } | Write-DdbBatch $table -EndpointUrl `$url -Region us-east-1 -Credential ([Amazon.Runtime.BasicAWSCredentials]::new('a', 'b'))).Succeeded")
        $said | Should -Be '1', '1'
    }
}

Describe 'The command' {
    BeforeAll { $command = Get-Command Write-DdbBatch }

    It 'has the aliases that users of AWS Tools know: <Parameter>' -ForEach @(
        @{ Parameter = 'Region'; Aliases = 'RegionToCall' }
        @{ Parameter = 'ProfileName'; Aliases = 'AWSProfileName', 'StoredCredentials' }
        @{ Parameter = 'ProfileLocation'; Aliases = 'AWSProfilesLocation', 'ProfilesLocation' }
        @{ Parameter = 'AccessKey'; Aliases = , 'AK' }
        @{ Parameter = 'SecretKey'; Aliases = 'SK', 'SecretAccessKey' }
        @{ Parameter = 'SessionToken'; Aliases = , 'ST' }
    ) {
        foreach ($alias in $Aliases) { $command.Parameters[$Parameter].Aliases | Should -Contain $alias }
    }

    It 'takes its connection by those aliases' {
        $table = New-Table
        $summary = @{ id = 'a' } | Write-DdbBatch $table -EndpointUrl $url -RegionToCall eu-west-1 -AK x -SK y -ST z
        $summary.Succeeded | Should -Be 1
    }

    It '<_> binds from the pipeline by value only, and nothing but InputObject' -ForEach $commands {
        $parameters = (Get-Command $_).Parameters
        foreach ($parameter in $parameters.Values) {
            $sets = $parameter.ParameterSets.Values
            $sets.ValueFromPipelineByPropertyName | Should -Not -Contain $true -Because $parameter.Name
            if ($parameter.Name -ne 'InputObject') { $sets.ValueFromPipeline | Should -Not -Contain $true -Because $parameter.Name }
        }
        if ($parameters.ContainsKey('InputObject')) { $parameters['InputObject'].ParameterSets.Values.ValueFromPipeline | Should -Contain $true }
    }

    It 'has the parameter <_>' -ForEach 'TableName', 'TableNameProperty', 'InputObject', 'ExcludeProperty', 'ThrottleLimit', 'MaxWriteCapacity',
        'RetryTimeout', 'MaxRetry', 'MaxFailed', 'FailedItemPath', 'Append', 'Force', 'PassThru', 'AttributeType', 'InferType', 'EmptyString',
        'EndpointUrl', 'Credential', 'WhatIf', 'Confirm' {
        $command.Parameters.Keys | Should -Contain $_
    }

    It 'declares what it gives' {
        $command.OutputType.Name | Should -Contain 'DynamoBatch.Output.BatchSummary'
    }

    It 'takes the table as its first argument, and columns named like parameters' {
        $table = New-Table
        [pscustomobject]@{ id = 'a'; Region = 'mars'; TableName = 'Nowhere'; Force = 'x' } | Write-DdbBatch $table @connection | Out-Null
        $item = Get-StoredItem $table 'a'
        $item.Region.S | Should -Be 'mars'
        $item.TableName.S | Should -Be 'Nowhere'
        $item.Force.S | Should -Be 'x'
    }

    It 'refuses a number that makes no sense: <_>' -ForEach '-ThrottleLimit 0', '-MaxRetry 0', '-MaxFailed -1', '-MaxWriteCapacity 0', "-RetryTimeout 'soon'" {
        $line = "Write-DdbBatch T @connection -InputObject @{ id = 'a' } $_ -ErrorAction Stop"
        { Invoke-Expression $line } | Should -Throw -ExceptionType ([Management.Automation.ParameterBindingException])
    }

    It 'takes -RetryTimeout as seconds' {
        $table = New-Table
        (@{ id = 'a' } | Write-DdbBatch $table @connection -RetryTimeout 30).Succeeded | Should -Be 1
        (@{ id = 'a' } | Write-DdbBatch $table @connection -RetryTimeout ([timespan]::FromMinutes(1))).Succeeded | Should -Be 1
    }
}

Describe 'The view of a summary' {
    It 'is a table within 120 columns that shows every count' {
        $table = New-Table
        $shown = (New-Rows 3 | Write-DdbBatch $table @connection | Out-String -Width 120) -replace "`e\[[\d;]*m"
        $shown | Should -Match 'Accepted\s+Succeeded\s+Failed\s+Unknown\s+NotSent\s+Elapsed\s+Items/s\s+TableName'
        $shown | Should -Match "3\s+3\s+0\s+0\s+0\s+\S+\s+\S+\s+$table"
        ($shown -split "`n" | Where-Object { $_.Trim() }).Count | Should -Be 3
    }

    It 'leaves every property there for scripts' {
        $table = New-Table
        $names = (New-Rows 3 | Write-DdbBatch $table @connection | Get-Member -MemberType Property).Name
        foreach ($name in 'TableName', 'Accepted', 'Succeeded', 'Failed', 'Unknown', 'Replaced', 'NotSent', 'Skipped', 'Requests', 'Retries', 'Throttles',
            'ConsumedCapacity', 'Bytes', 'Elapsed', 'ItemsPerSecond', 'WhatIf') { $names | Should -Contain $name }
    }
}

Describe 'Hosts and sessions' {
    It 'runs under Set-StrictMode -Version Latest' {
        $table = New-Table
        $summary = & { Set-StrictMode -Version Latest; New-Rows 60 | Write-DdbBatch $table @connection }
        $summary.Succeeded | Should -Be 60
        Assert-Invariant $summary
    }

    It 'runs eight at once in ForEach-Object -Parallel' {
        $table = New-Table
        $summaries = 1..8 | ForEach-Object -ThrottleLimit 8 -Parallel {
            Import-Module $using:manifest
            $lane = $_
            $connection = $using:connection
            1..100 | ForEach-Object { [pscustomobject]@{ id = "$lane-$_"; lane = $lane } } | Write-DdbBatch $using:table @connection
        }
        $summaries | Should -HaveCount 8
        Assert-Invariant $summaries
        ($summaries | Measure-Object Succeeded -Sum).Sum | Should -Be 800
        Get-StoredCount $table | Should -Be 800
    }

    It 'runs in a job, whose summary comes back with its view' {
        $table = New-Table
        $job = Start-Job {
            Import-Module $using:manifest
            $connection = $using:connection
            1..30 | ForEach-Object { @{ id = "$_" } } | Write-DdbBatch $using:table @connection
        }
        try {
            $null = Wait-Job $job -Timeout 300
            $summary = Receive-Job $job -ErrorAction Stop
        }
        finally { Remove-Job $job -Force }
        $summary.Succeeded | Should -Be 30
        Get-StoredCount $table | Should -Be 30
        ($summary | Out-String -Width 120) -replace "`e\[[\d;]*m" | Should -Match 'Accepted\s+Succeeded'
    }

    It 'takes $PSDefaultParameterValues' {
        $table = New-Table
        $PSDefaultParameterValues = @{
            '*-Ddb*:EndpointUrl' = $url; '*-DDB*:Region' = 'us-east-1'; 'Write-DdbBatch:AccessKey' = 'local'; 'Write-DdbBatch:SecretKey' = 'local'
        }
        (@{ id = 'a' } | Write-DdbBatch $table).Succeeded | Should -Be 1
    }

    It 'does not connect again for each of many small runs' {
        $table = New-Table
        Reset-LocalAws
        $clock = [Diagnostics.Stopwatch]::StartNew()
        1..20 | ForEach-Object { @{ id = "k$_" } | Write-DdbBatch $table @connection } | Measure-Object Succeeded -Sum | ForEach-Object Sum | Should -Be 20
        # A description is kept for a minute.
        (Get-ServerStats).operations.DescribeTable.requests | Should -BeIn (1..(1 + [Math]::Floor($clock.Elapsed.TotalSeconds / 60)))
    }

    It 'works inside a function with CmdletBinding, and in a pipeline that goes on' {
        function Save-Row {
            [CmdletBinding(SupportsShouldProcess)]
            param([Parameter(ValueFromPipeline)] $Row, $Table, $Connection)
            begin { $step = { Write-DdbBatch $Table @Connection -PassThru }.GetSteppablePipeline($MyInvocation.CommandOrigin); $step.Begin($true) }
            process { $step.Process($Row) }
            end { $step.End() }
        }
        $table = New-Table
        $emitted = New-Rows 40 | Save-Row -Table $table -Connection $connection
        $emitted | Should -HaveCount 40
        Get-StoredCount $table | Should -Be 40
    }
}
