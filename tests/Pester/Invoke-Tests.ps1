<#
.SYNOPSIS
    Runs the Pester suite. Exit code 0: all passed; 1: some failed; 3: there is no Pester 5.
.EXAMPLE
    pwsh ./tests/Pester/Invoke-Tests.ps1
.EXAMPLE
    pwsh ./tests/Pester/Invoke-Tests.ps1 -Path Endings.Tests.ps1
#>
[CmdletBinding()]
param(
    # Files of the suite; all of them by default.
    [string[]] $Path = '*.Tests.ps1',

    # A JSON file for the counts and the failures.
    [string] $ResultPath
)

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$pester = Get-Module Pester -ListAvailable | Where-Object { $_.Version -ge '5.0.0' } | Sort-Object Version | Select-Object -Last 1
if (-not $pester) {
    'Pester: not found, so nothing was run. Install it by: Install-Module Pester'
    exit 3
}

Import-Module $pester.Path
$configuration = New-PesterConfiguration
$configuration.Run.Path = @($Path | ForEach-Object { (Resolve-Path (Join-Path $PSScriptRoot $_)).Path })
$configuration.Run.PassThru = $true
$configuration.Output.RenderMode = 'Plaintext'
# As in a session of a user.
$ErrorActionPreference = 'Continue'
$result = Invoke-Pester -Configuration $configuration
$ErrorActionPreference = 'Stop'

$failures = @(
    foreach ($test in $result.Failed) { '{0}: {1}' -f $test.ExpandedPath, ($test.ErrorRecord | ForEach-Object { $_.Exception.Message } | Out-String).Trim() }
    # A BeforeAll or a whole file that fails has no failed test of its own.
    foreach ($block in @($result.FailedBlocks) + @($result.FailedContainers)) {
        if ($block) { '{0}: {1}' -f $block, ($block.ErrorRecord | ForEach-Object { $_.Exception.Message } | Out-String).Trim() }
    }
)
$failed = [Math]::Max($result.FailedCount, $failures.Count)
# A test that was discovered and did not run would otherwise look like none at all.
$skipped = $result.SkippedCount + $result.NotRunCount + $result.InconclusiveCount
if ($ResultPath) {
    [ordered]@{ passed = $result.PassedCount; failed = $failed; skipped = $skipped; seconds = [Math]::Round($result.Duration.TotalSeconds, 1); failures = $failures } |
        ConvertTo-Json -Depth 3 | Set-Content $ResultPath -Encoding utf8
}

"Pester: $($result.PassedCount) passed, $failed failed, $skipped skipped"
exit [int] ($failed -gt 0 -or $result.PassedCount -eq 0)
