# One client in a process of its own: warms up, then loads the file so many times. Writes one line of JSON.
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [ValidateSet('naive', 'module')] [string] $Client,
    [Parameter(Mandatory)] [string] $Module,
    [Parameter(Mandatory)] [string] $File,
    [Parameter(Mandatory)] [string] $EndpointUrl,
    [string] $WarmUpFile,
    [int] $Repeat = 1
)
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
if ($Client -eq 'naive') {
    $sdk = Join-Path (Split-Path $Module) 'lib/net8.0/dependencies'
    $references = 'AWSSDK.Core.dll', 'AWSSDK.DynamoDBv2.dll' | ForEach-Object { Join-Path $sdk $_ }
    Add-Type -Path $references
    $source = Join-Path $PSScriptRoot 'WriteNaiveBatchCommand.cs'
    $framework = Get-ChildItem (Join-Path $PSHOME 'ref/*.dll') | ForEach-Object FullName
    $naive = Add-Type -Path $source -ReferencedAssemblies ($references + $framework + [psobject].Assembly.Location) -CompilerOptions '/optimize+', '/nowarn:1701' -PassThru
    Import-Module -Assembly $naive[0].Assembly
    $write = { param($f, $n) 1..$n | ForEach-Object { Import-Csv $f } | Write-NaiveBatch Benchmark -EndpointUrl $EndpointUrl }
    $writeOnce = { param($f) Import-Csv $f | Write-NaiveBatch Benchmark -EndpointUrl $EndpointUrl }
}
else {
    Import-Module $Module
    $keys = @{ EndpointUrl = $EndpointUrl; AccessKey = 'local'; SecretKey = 'local'; Region = 'us-east-1' }
    $write = { param($f, $n) 1..$n | ForEach-Object { Import-Csv $f } | Write-DdbBatch Benchmark @keys }
    $writeOnce = { param($f) Import-Csv $f | Write-DdbBatch Benchmark @keys }
}

if ($WarmUpFile) { $null = & $writeOnce $WarmUpFile }
$process = [System.Diagnostics.Process]::GetCurrentProcess()
$cpu = $process.TotalProcessorTime
$clock = [System.Diagnostics.Stopwatch]::StartNew()
$summary = if ($Repeat -eq 1) { & $writeOnce $File } else { & $write $File $Repeat }
$seconds = $clock.Elapsed.TotalSeconds
$process.Refresh()
[pscustomobject]@{
    Seconds    = $seconds
    CpuSeconds = ($process.TotalProcessorTime - $cpu).TotalSeconds
    PeakMB     = [math]::Round($process.PeakWorkingSet64 / 1MB)
    Succeeded  = $summary.Succeeded
    Replaced   = $summary.Replaced
} | ConvertTo-Json -Compress
