<#
.SYNOPSIS
    Runs the Pester suite. Exit code 0: all passed; 1: some failed; 3: there is no Pester 5.
.DESCRIPTION
    Several files run at once, each in a PowerShell of its own with a local AWS of its own; one file alone runs in this process.
    In Windows PowerShell 5.1, for which the suite was not written, only Smoke.Tests.ps1 runs unless -Path says otherwise.
.EXAMPLE
    pwsh ./tests/Pester/Invoke-Tests.ps1
.EXAMPLE
    pwsh ./tests/Pester/Invoke-Tests.ps1 -Path Endings.Tests.ps1
.EXAMPLE
    pwsh ./tests/Pester/Invoke-Tests.ps1 -Jobs 1
#>
[CmdletBinding()]
param(
    # Files of the suite; all of them by default.
    [string[]] $Path = $(if ($PSVersionTable.PSEdition -eq 'Core') { '*.Tests.ps1' } else { 'Smoke.Tests.ps1' }),

    # A JSON file for the counts and the failures.
    [string] $ResultPath,

    # How many files run at once. Tests wait more than they compute, so one more than there are processors.
    [ValidateRange(1, 16)]
    [int] $Jobs = [Math]::Min([Environment]::ProcessorCount + 1, 6)
)

Set-StrictMode -Version 2
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$pester = Get-Module Pester -ListAvailable | Where-Object { $_.Version.Major -eq 5 } | Sort-Object Version | Select-Object -Last 1
if (-not $pester) {
    'Pester: not found, so nothing was run. Install it by: Install-Module Pester -MinimumVersion 5.5 -MaximumVersion 5.99 -SkipPublisherCheck'
    exit 3
}

# Those that start many processes or wait long first, then the larger ones: what starts last should be short.
$slow = 'RestoringResumed', 'Resuming', 'Recreating', 'Restoring', 'Updating', 'RestoringErrors', 'Endings'
$files = @($Path | ForEach-Object { Get-Item (Join-Path $PSScriptRoot $_) } | Sort-Object FullName -Unique |
        Sort-Object @{ Expression = { ($_.BaseName -replace '\.Tests$') -in $slow }; Descending = $true }, @{ Expression = 'Length'; Descending = $true })

function Invoke-Here([IO.FileInfo] $File) {
    Import-Module $pester.Path
    $configuration = New-PesterConfiguration
    $configuration.Run.Path = $File.FullName
    $configuration.Run.PassThru = $true
    $configuration.Output.RenderMode = 'Plaintext'
    # As in a session of a user.
    Set-StrictMode -Off
    $ErrorActionPreference = 'Continue'
    $run = Invoke-Pester -Configuration $configuration
    $ErrorActionPreference = 'Stop'

    $failures = @(
        foreach ($test in $run.Failed) { '{0}: {1}' -f $test.ExpandedPath, ($test.ErrorRecord | ForEach-Object { $_.Exception.Message } | Out-String).Trim() }
        # A BeforeAll or a whole file that fails has no failed test of its own.
        foreach ($block in @($run.FailedBlocks) + @($run.FailedContainers)) {
            if ($block) { '{0}: {1}' -f $block, ($block.ErrorRecord | ForEach-Object { $_.Exception.Message } | Out-String).Trim() }
        }
    )
    # A test that was discovered and did not run would otherwise look like none at all.
    $skipped = $run.SkippedCount + $run.NotRunCount + $run.InconclusiveCount
    New-Object PSObject -Property @{
        passed = $run.PassedCount; failed = [Math]::Max($run.FailedCount, $failures.Count); skipped = $skipped; failures = $failures
    }
}

function Start-Elsewhere([IO.FileInfo] $File) {
    $result = Join-Path ([IO.Path]::GetTempPath()) "dynamobatch-pester-$([guid]::NewGuid().ToString('N')).json"
    $start = New-Object Diagnostics.ProcessStartInfo (Get-Process -Id $PID).Path
    $start.Arguments = '-NoProfile -NonInteractive -File "{0}" -Path "{1}" -ResultPath "{2}"' -f $PSCommandPath, $File.Name, $result
    $start.UseShellExecute = $false
    $start.RedirectStandardInput = $start.RedirectStandardOutput = $start.RedirectStandardError = $true
    # What is measured for later runs of the same code is not worth it in processes this short: a sixth of their processor time.
    if (-not $env:DOTNET_TieredPGO) { $start.EnvironmentVariables['DOTNET_TieredPGO'] = '0' }
    $process = [Diagnostics.Process]::Start($start)
    $process.StandardInput.Close()
    New-Object PSObject -Property @{
        File = $File.Name; Result = $result; Process = $process; Clock = [Diagnostics.Stopwatch]::StartNew()
        Output = $process.StandardOutput.ReadToEndAsync(); Errors = $process.StandardError.ReadToEndAsync()
    }
}

# What a file said, in one piece, and its counts. A process that ends without any is a failure.
function Receive-Result($Run) {
    $Run.Process.WaitForExit()
    Write-Host ('{0}{1}{2} took {3:n0} s' -f $Run.Output.Result, $Run.Errors.Result, $Run.File, $Run.Clock.Elapsed.TotalSeconds)
    if (Test-Path $Run.Result) {
        Get-Content $Run.Result -Raw | ConvertFrom-Json
        Remove-Item $Run.Result
    }
    else {
        $failure = '{0}: ended without a result (exit code {1}). {2}' -f $Run.File, $Run.Process.ExitCode, $Run.Errors.Result
        New-Object PSObject -Property @{ passed = 0; failed = 1; skipped = 0; failures = @($failure) }
    }
}

function Invoke-SideBySide([IO.FileInfo[]] $Files) {
    $waiting = New-Object Collections.Queue (, $Files)
    $running = New-Object Collections.ArrayList
    try {
        while ($waiting.Count -or $running.Count) {
            while ($waiting.Count -and $running.Count -lt $Jobs) {
                $null = $running.Add((Start-Elsewhere $waiting.Dequeue()))
            }

            # In pieces, so that Ctrl+C is heard. The output ends with the process.
            $ended = [Threading.Tasks.Task]::WaitAny([Threading.Tasks.Task[]] @($running | ForEach-Object { $_.Output }), 500)
            if ($ended -ge 0) {
                $run = $running[$ended]
                Receive-Result $run
                $running.RemoveAt($ended)
                $run.Process.Dispose()
            }
        }
    }
    finally {
        foreach ($run in $running) {
            if (-not $run.Process.HasExited) { $run.Process.Kill() }
        }
    }
}

$clock = [Diagnostics.Stopwatch]::StartNew()
$results = @(if ($files.Count -eq 1 -or $Jobs -eq 1) { foreach ($file in $files) { Invoke-Here $file } } else { Invoke-SideBySide $files })
$counts = @{}
foreach ($name in 'passed', 'failed', 'skipped') { $counts[$name] = [int] ($results | Measure-Object $name -Sum).Sum }
if ($ResultPath) {
    [ordered]@{
        passed = $counts.passed; failed = $counts.failed; skipped = $counts.skipped; seconds = [Math]::Round($clock.Elapsed.TotalSeconds, 1)
        failures = @($results | ForEach-Object { $_.failures })
    } | ConvertTo-Json -Depth 3 | Set-Content $ResultPath -Encoding utf8
}

foreach ($failure in $results | ForEach-Object { $_.failures }) { "FAILED $failure" }
"Pester: $($counts.passed) passed, $($counts.failed) failed, $($counts.skipped) skipped in $([int] $clock.Elapsed.TotalSeconds) s"
exit [int] ($counts.failed -gt 0 -or $counts.passed -eq 0)
