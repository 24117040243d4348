<#
.SYNOPSIS
Measures Import-Csv | Write-DdbBatch beside a naive command, in turns, against a sink that answers at once.
.DESCRIPTION
Each client of each round is a pwsh of its own; the sink is bound to one core. The ratios are taken within a round.
-MemoryOnly pipes many rows through Write-DdbBatch and tells how its memory grew.
.EXAMPLE
pwsh tests/DynamoBatch.Benchmarks/Measure-ImportCsv.ps1 -Rounds 5
.EXAMPLE
pwsh tests/DynamoBatch.Benchmarks/Measure-ImportCsv.ps1 -Rows 5000000 -MemoryOnly
#>
[CmdletBinding()]
param(
    [ValidateRange(1, [int]::MaxValue)] [int] $Rows = 200000,
    [ValidateRange(1, 100)] [int] $Rounds = 3,
    [switch] $MemoryOnly,
    # Keeps PowerShell on one core, with the sink on another.
    [switch] $Pin,
    # Another build of the module, to compare with.
    [string] $Module,
    [switch] $NoBuild
)
$ErrorActionPreference = 'Stop'
$root = (Resolve-Path (Join-Path $PSScriptRoot '../..')).Path
if (-not $Module) { $Module = Join-Path $root 'DynamoBatch.psd1' }
$Module = (Resolve-Path $Module).Path
if (-not $NoBuild) {
    foreach ($project in 'src/DynamoBatch', 'tests/DynamoBatch.Benchmarks') {
        $output = dotnet build (Join-Path $root $project) -c Release --nologo
        if ($LASTEXITCODE) { throw ($output -join "`n") }
    }
}

$benchmarks = Join-Path $PSScriptRoot 'bin/Release/net8.0/DynamoBatch.Benchmarks.dll'
$pwsh = (Get-Process -Id $PID).Path
$pins = [Environment]::ProcessorCount -gt 1 -and (Get-Command taskset -ErrorAction Ignore)

function Start-OnCore([int] $Core, [string[]] $Command) {
    if ($pins -and $Core -ge 0) { $Command = @('taskset', '-c', "$Core") + $Command }
    $start = [System.Diagnostics.ProcessStartInfo]::new($Command[0])
    $start.RedirectStandardInput = $start.RedirectStandardOutput = $true
    $start.Environment['AWS_EC2_METADATA_DISABLED'] = 'true'
    $Command | Select-Object -Skip 1 | ForEach-Object { $start.ArgumentList.Add($_) }
    [System.Diagnostics.Process]::Start($start)
}

function Write-SevenColumns([string] $Path, [int] $Count) {
    $writer = [System.IO.StreamWriter]::new($Path)
    $writer.WriteLine('id,name,email,city,createdAt,balance,active')
    for ($i = 0; $i -lt $Count; $i++) {
        $writer.WriteLine("user-$($i.ToString('D8')),Alexandra Montgomery,alexandra.montgomery$i@example.com,San Francisco,2026-03-14T09:26:53Z,$($i * 7 % 100000),$($i % 3 -eq 0)")
    }

    $writer.Dispose()
}

function Get-Median([double[]] $Values) {
    $sorted = @($Values | Sort-Object)
    ($sorted[[math]::Floor(($sorted.Count - 1) / 2)] + $sorted[[math]::Floor($sorted.Count / 2)]) / 2
}

function Start-Client([string] $Name, [string] $Path, [int] $Repeat, [string] $WarmUp) {
    $command = @($pwsh, '-NoProfile', '-File', (Join-Path $PSScriptRoot 'ImportCsv/Invoke-ImportCsvClient.ps1'), '-Client', $Name,
        '-Module', $Module, '-File', $Path, '-EndpointUrl', $endpoint, '-Repeat', "$Repeat")
    if ($WarmUp) { $command += '-WarmUpFile', $WarmUp }
    Start-OnCore $(if ($Pin) { 0 } else { -1 }) $command
}

$folder = Join-Path ([System.IO.Path]::GetTempPath()) "ddb-measure-$PID"
$null = New-Item -ItemType Directory $folder
$sink = Start-OnCore 1 'dotnet', $benchmarks, 'sink', '--port', '0'
try {
    $endpoint = $sink.StandardOutput.ReadLine() -replace '^.*: '
    $file, $warmUp = (Join-Path $folder 'rows.csv'), (Join-Path $folder 'warm-up.csv')
    $perFile = [math]::Min($Rows, 200000)
    Write-SevenColumns $file $perFile
    Write-SevenColumns $warmUp ([math]::Min($Rows, 20000))

    if ($MemoryOnly) {
        $repeat = [math]::Ceiling($Rows / $perFile)
        $client = Start-Client 'module' $file $repeat
        $peaks = while (-not $client.WaitForExit(1000)) {
            $client.Refresh()
            try { [math]::Round($client.PeakWorkingSet64 / 1MB) } catch { $null = $_ } # It may end at this moment.
        }

        $result = $client.StandardOutput.ReadToEnd() | ConvertFrom-Json
        [pscustomobject]@{
            Rows          = $perFile * $repeat
            Succeeded     = $result.Succeeded
            Replaced      = $result.Replaced
            RowsPerSecond = [math]::Round($perFile * $repeat / $result.Seconds)
            PeakMBAtFifth = @($peaks)[[math]::Floor(@($peaks).Count / 5)]
            PeakMB        = $result.PeakMB
        } | Format-List
        return
    }

    $results = foreach ($round in 1..$Rounds) {
        foreach ($name in 'naive', 'module') {
            $client = Start-Client $name $file 1 $warmUp
            $result = $client.StandardOutput.ReadToEnd() | ConvertFrom-Json
            $client.WaitForExit()
            if ($client.ExitCode) { throw "Client '$name' failed." }
            $result | Add-Member -PassThru -NotePropertyMembers @{
                Round = $round; Client = $name; RowsPerSecond = [int]($Rows / $result.Seconds); CpuPer100000 = [math]::Round($result.CpuSeconds * 100000 / $Rows, 2)
            }
        }
    }

    $results | Format-Table Round, Client, RowsPerSecond, CpuPer100000, PeakMB, Succeeded
    $pairs = @($results | Group-Object Round | ForEach-Object { , @($_.Group | Sort-Object Client -Descending) }) # naive, module
    [pscustomobject]@{
        NaiveRowsPerSecond  = Get-Median ($pairs | ForEach-Object { $_[0].RowsPerSecond })
        ModuleRowsPerSecond = Get-Median ($pairs | ForEach-Object { $_[1].RowsPerSecond })
        TimesAsFast         = [math]::Round((Get-Median ($pairs | ForEach-Object { $_[1].RowsPerSecond / $_[0].RowsPerSecond })), 2)
        CpuRatio            = [math]::Round((Get-Median ($pairs | ForEach-Object { $_[1].CpuPer100000 / $_[0].CpuPer100000 })), 2)
        PowerShell          = "$($PSVersionTable.PSVersion)"
    } | Format-List
}
finally {
    $sink.StandardInput.Close()
    $sink.WaitForExit()
    Remove-Item -Recurse $folder
}
