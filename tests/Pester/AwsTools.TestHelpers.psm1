# PowerShells of their own for tests with AWS Tools: what is loaded stays loaded, and in which order decides.
Set-StrictMode -Version Latest
$script:Root = Split-Path (Split-Path $PSScriptRoot)

# The stand-in, and the real one where it is.
function Get-AwsTools {
    $standIn = Get-ChildItem (Join-Path $script:Root 'tests/AwsToolsStandIn/bin/*/net8.0/AWS.Tools.Common.StandIn.psd1') -ErrorAction Ignore |
        Sort-Object LastWriteTime | Select-Object -Last 1
    if (-not $standIn) { throw "The stand-in of AWS Tools is not built: run 'dotnet build' first." }
    @{ Name = 'the stand-in'; Path = $standIn.FullName; StandIn = $true }
    Get-Module AWS.Tools.Common -ListAvailable | Sort-Object Version | Select-Object -Last 1 |
        ForEach-Object { @{ Name = "AWS.Tools.Common $($_.Version)"; Path = $_.Path; StandIn = $false } }
}

# What every script finds: what its commands were seen to do, told by the local AWS.
$script:Prelude = {
    $ProgressPreference = 'SilentlyContinue'
    $InformationPreference = 'SilentlyContinue'
    function global:Get-Seen([scriptblock] $Do) {
        $null = Invoke-RestMethod "$global:LocalAws/__localaws/reset" -Method Post
        $caught = $null
        $clock = [Diagnostics.Stopwatch]::StartNew()
        $output = @(try { . $Do } catch { $caught = $_ })
        $stats = Invoke-RestMethod "$global:LocalAws/__localaws/stats"
        $operations = [ordered]@{}
        foreach ($one in $stats.operations.psobject.Properties) { $operations[$one.Name] = $one.Value.requests }
        [pscustomobject]@{
            Keys = @($stats.accessKeys.psobject.Properties.Name | Sort-Object); Regions = @($stats.regions.psobject.Properties.Name)
            Seconds = $clock.Elapsed.TotalSeconds; Connections = $stats.connections; Operations = [pscustomobject] $operations
            Succeeded = ($output | Where-Object { $_.psobject.Properties['Succeeded'] } | Measure-Object Succeeded -Sum).Sum
            Error = if ($caught) { $caught.Exception.Message }; ErrorId = if ($caught) { ($caught.FullyQualifiedErrorId -split ',')[0] }
        }
    }
}

# Runs a script in a PowerShell of its own, and gives the object that it ends with. Nobody's own AWS files are met there.
function Invoke-InShell {
    param([Parameter(Mandatory)][scriptblock] $Script, [string] $Url, [Parameter(ValueFromRemainingArguments)][string[]] $Argument, [switch] $WithoutModule)
    $folder = Join-Path ([IO.Path]::GetTempPath()) "ddb-$([guid]::NewGuid().ToString('N'))"
    $null = New-Item $folder -ItemType Directory
    $words = @($Url) + @($Argument) | ForEach-Object { "'$($_ -replace "'", "''")'" }
    $import = if ($WithoutModule) { '' } else { "Import-Module '$(Get-ModulePath)'" }
    # Dot-sourced, as if typed: the script's variables are the session's.
    $code = "`$global:LocalAws = '$Url'; `$global:ModulePath = '$(Get-ModulePath)'`n$script:Prelude`n$import`n. {$Script} $words | ConvertTo-Json -Depth 6 -Compress"
    $start = [Diagnostics.ProcessStartInfo]::new([Environment]::ProcessPath)
    $file = Join-Path $folder 'script.ps1'
    Set-Content $file $code
    foreach ($word in '-NoProfile', '-NonInteractive', '-Command', ". '$file'") { $start.ArgumentList.Add($word) }
    foreach ($name in @($start.Environment.Keys) -match '^AWS_') { $null = $start.Environment.Remove($name) }
    $start.Environment['HOME'] = $folder
    $start.Environment['USERPROFILE'] = $folder
    $start.Environment['PSModulePath'] = $env:PSModulePath
    $start.Environment['AWS_EC2_METADATA_DISABLED'] = 'true'
    $start.Environment['NO_COLOR'] = '1'
    $start.RedirectStandardOutput = $true
    $start.RedirectStandardError = $true
    $process = [Diagnostics.Process]::Start($start)
    try {
        $output = $process.StandardOutput.ReadToEndAsync()
        $errors = $process.StandardError.ReadToEndAsync()
        if (-not $process.WaitForExit(600000)) { $process.Kill($true); throw "The script did not end: $($output.Result)" }
        $json = @($output.Result -split "`n" | Where-Object { $_ -match '^[\[{]' }) | Select-Object -Last 1
        if (-not $json) { throw "The script gave nothing: $($output.Result) $($errors.Result)" }
        $json | ConvertFrom-Json
    }
    finally {
        $process.Dispose()
        Remove-Item $folder -Recurse -Force -ErrorAction Ignore
    }
}

Export-ModuleMember -Function *-*
