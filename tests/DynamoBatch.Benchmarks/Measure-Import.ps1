<#
.SYNOPSIS
Measures what it costs to import the module, to run its first command, and to call it for each of many objects.
.DESCRIPTION
The yardstick of the import is an empty module of the same size: the same files of the same bytes on the disk, a manifest of the same
shape, a script that imports two assemblies of the same size, views and types in files of the same size - and no command, no type, no
view in any of them. What differs is DynamoBatch. Each import is in a PowerShell of its own; the two take turns, and the difference is
taken within a round.
The first command is one item written to a sink that answers at once, beside the second and a later one in the same process.
.EXAMPLE
pwsh tests/DynamoBatch.Benchmarks/Measure-Import.ps1 -Rounds 15
#>
[CmdletBinding()]
param(
    [ValidateRange(1, 1000)] [int] $Rounds = 15,
    # Rounds of the first command and of calls for each object.
    [ValidateRange(1, 100)] [int] $CommandRounds = 5,
    # How often the command is called for each object.
    [ValidateRange(1, 100000)] [int] $Calls = 500,
    # Another build of the module, to compare with.
    [string] $Module
)
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$root = (Resolve-Path (Join-Path $PSScriptRoot '../..')).Path
if (-not $Module) { $Module = Join-Path $root 'DynamoBatch.psd1' }
$Module = (Resolve-Path $Module).Path
$benchmarks = Join-Path $PSScriptRoot 'bin/Release/net8.0/DynamoBatch.Benchmarks.dll'
$pwsh = (Get-Process -Id $PID).Path
$folder = Join-Path ([IO.Path]::GetTempPath()) "ddb-import-$PID"

# What is shipped, alone in a folder: a checkout has more.
function Copy-Module([string] $To) {
    $from = Split-Path $Module
    foreach ($file in Get-ChildItem (Join-Path $from 'lib'), (Join-Path $from 'en-US') -Recurse -File) {
        if ($file.Extension -eq '.pdb') { continue }
        $target = Join-Path $To ([IO.Path]::GetRelativePath($from, $file.FullName))
        $null = [IO.Directory]::CreateDirectory((Split-Path $target))
        [IO.File]::Copy($file.FullName, $target)
    }
    Copy-Item (Join-Path $from 'DynamoBatch.ps[dm]1') $To
}

function Set-SameSize([string] $Path, [byte[]] $Content) {
    $size = (Get-Item $Path).Length
    if ($Content.Length -gt $size) { throw "$Path has $size bytes, what replaces it $($Content.Length)." }
    [Array]::Resize([ref] $Content, $size)
    [IO.File]::WriteAllBytes($Path, $Content)
}

function Set-SameSizeXml([string] $Path, [string] $Start, [string] $End) {
    Set-SameSize $Path ([Text.Encoding]::ASCII.GetBytes("$Start<!--$(' ' * ((Get-Item $Path).Length - $Start.Length - $End.Length - 7))-->$End"))
}

function New-EmptyModule([string] $To) {
    Copy-Module $To
    $text = [IO.File]::ReadAllText((Join-Path $To 'DynamoBatch.psd1'))
    [IO.File]::WriteAllText((Join-Path $To 'DynamoBatch.psd1'), ($text -replace "(?s)(CmdletsToExport\s*=\s*@\().*?\)", '$1)'))
    foreach ($name in 'DynamoBatch', 'DynamoBatch.Loading') {
        # By another name inside, for PowerShell remembers assemblies by it; nothing in it. Zeros behind an assembly do no harm.
        $made = Join-Path $folder "$name.Empty.dll"
        Add-Type -TypeDefinition "namespace Empty { internal class Nothing { } }" -OutputAssembly $made -OutputType Library -WarningAction Ignore
        foreach ($runtime in 'net8.0', 'net472') { Set-SameSize (Join-Path $To "lib/$runtime/$name.dll") ([IO.File]::ReadAllBytes($made)) }
    }
    Set-SameSizeXml (Join-Path $To 'lib/DynamoBatch.Format.ps1xml') '<Configuration><ViewDefinitions>' '</ViewDefinitions></Configuration>'
    Set-SameSizeXml (Join-Path $To 'lib/DynamoBatch.Types.ps1xml') '<Types>' '</Types>'
}

# Numbers that a script writes in a PowerShell of its own, one a line.
function Invoke-Fresh([string] $Script) {
    $encoded = [Convert]::ToBase64String([Text.Encoding]::Unicode.GetBytes("`$ErrorActionPreference = 'Stop'; `$ProgressPreference = 'SilentlyContinue'`n$Script"))
    $said = & $pwsh -NoProfile -NonInteractive -OutputFormat Text -EncodedCommand $encoded
    if ($LASTEXITCODE) { throw ($said -join "`n") }
    [double[]] @($said)
}

# The import alone, by its own clock. PowerShell's own first use of Import-Module is paid before.
function Measure-Import([string] $Manifest) {
    (Invoke-Fresh @"
Import-Module Microsoft.PowerShell.Utility, Microsoft.PowerShell.Management
`$clock = [Diagnostics.Stopwatch]::StartNew()
Import-Module '$Manifest'
`$clock.Elapsed.TotalMilliseconds.ToString([cultureinfo]::InvariantCulture)
"@)[0]
}

function Get-Median([double[]] $Values) {
    $sorted = @($Values | Sort-Object)
    ($sorted[[math]::Floor(($sorted.Count - 1) / 2)] + $sorted[[math]::Floor($sorted.Count / 2)]) / 2
}

function Format-Numbers([double[]] $Values) { '{0:n0} ms (single rounds {1:n0} to {2:n0})' -f (Get-Median $Values), ($Values | Measure-Object -Minimum).Minimum, ($Values | Measure-Object -Maximum).Maximum }

function Start-Sink {
    $start = [Diagnostics.ProcessStartInfo]::new('dotnet')
    foreach ($word in $benchmarks, 'sink', '--port', '0') { $start.ArgumentList.Add($word) }
    $start.RedirectStandardInput = $start.RedirectStandardOutput = $true
    [Diagnostics.Process]::Start($start)
}

$sink = Start-Sink
try {
    $url = $sink.StandardOutput.ReadLine() -replace '^.*: '
    $ours, $empty = (Join-Path $folder 'ours/DynamoBatch'), (Join-Path $folder 'empty/DynamoBatch')
    $null = New-Item -ItemType Directory $ours, $empty
    Copy-Module $ours
    New-EmptyModule $empty
    $manifests = @{ ours = Join-Path $ours 'DynamoBatch.psd1'; empty = Join-Path $empty 'DynamoBatch.psd1' }

    # Once unmeasured, so that both lie in the system's cache of files.
    foreach ($name in 'ours', 'empty') { $null = Measure-Import $manifests[$name] }
    $imports = foreach ($round in 1..$Rounds) {
        $times = @{}
        foreach ($name in $(if ($round % 2) { 'ours', 'empty' } else { 'empty', 'ours' })) { $times[$name] = Measure-Import $manifests[$name] }
        [pscustomobject]@{ Round = $round; Ours = $times.ours; Empty = $times.empty; Over = $times.ours - $times.empty }
    }

    $commands = foreach ($round in 1..$CommandRounds) {
        , (Invoke-Fresh @"
Import-Module '$($manifests.ours)'
`$PSDefaultParameterValues = @{ '*-Ddb*:EndpointUrl' = '$url'; '*-Ddb*:Region' = 'us-east-1'; '*-Ddb*:AccessKey' = 'local'; '*-Ddb*:SecretKey' = 'local' }
`$object = [pscustomobject]@{ id = 'user-1'; name = 'Ann'; age = 42 }
`$once = { `$null = `$object | Write-DdbBatch Benchmark }
`$many = { 1..$Calls | ForEach-Object { `$object | Write-DdbBatch Benchmark } | Out-Null }
foreach (`$what in `$once, `$once, `$many, `$many) {
    `$clock = [Diagnostics.Stopwatch]::StartNew()
    & `$what
    `$clock.Elapsed.TotalMilliseconds.ToString([cultureinfo]::InvariantCulture)
}
"@)
    }

    $imports | Format-Table Round, @{ n = 'Ours'; e = { $_.Ours }; f = 'n0' }, @{ n = 'Empty'; e = { $_.Empty }; f = 'n0' }, @{ n = 'Over'; e = { $_.Over }; f = 'n0' }
    [pscustomobject]@{
        'Import, ours'       = Format-Numbers $imports.Ours
        'Import, empty'      = Format-Numbers $imports.Empty
        'Import, ours over'  = Format-Numbers $imports.Over
        'First command'      = Format-Numbers ($commands | ForEach-Object { $_[0] })
        'Second command'     = Format-Numbers ($commands | ForEach-Object { $_[1] })
        'First over second'  = Format-Numbers ($commands | ForEach-Object { $_[0] - $_[1] })
        "Call $Calls times"  = '{0:n2} ms a call, then {1:n2}' -f ((Get-Median ($commands | ForEach-Object { $_[2] })) / $Calls), ((Get-Median ($commands | ForEach-Object { $_[3] })) / $Calls)
        PowerShell           = "$($PSVersionTable.PSVersion), $([Environment]::ProcessorCount) processors"
    } | Format-List
}
finally {
    $sink.StandardInput.Close()
    $sink.WaitForExit()
    if (Test-Path $folder) { Remove-Item -Recurse $folder }
}
