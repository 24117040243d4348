<#
.SYNOPSIS
    Builds, tests, demonstrates, measures and packages DynamoBatch.
.DESCRIPTION
    Needs the .NET SDK, version 8 or later. Test, Demo and Bench also need Node.js 20 or later: the DynamoDB server that they run
    on comes from npm. No task needs an AWS account. Runs in PowerShell 7 and in Windows PowerShell 5.1.
.PARAMETER Task
    Build    compiles everything and puts the importable module together, for Import-Module ./DynamoBatch.psd1
    Test     runs all tests; those of the commands run where pwsh and Pester are found
    Demo     starts a local DynamoDB, and loads, breaks, repairs and restores a table on it, command by command
    Bench    measures the engine beside hand-written loops, or what -BenchArgument says
    Package  makes out/DynamoBatch/<version>, as a gallery wants it, and a zip of it
.EXAMPLE
    pwsh ./build.ps1 Demo
.EXAMPLE
    ./build.ps1 Test, Package
.EXAMPLE
    ./build.ps1 Bench -BenchArgument load, users.csv
#>
[CmdletBinding()]
param(
    [Parameter(Position = 0, ValueFromRemainingArguments)]
    [ValidateSet('Build', 'Test', 'Demo', 'Bench', 'Package')]
    [string[]] $Task = 'Build',

    [ValidateSet('Release', 'Debug')]
    [string] $Configuration = 'Release',

    # What the benchmarks' own command line takes: 'help' lists it.
    [string[]] $BenchArgument = 'engine'
)

Set-StrictMode -Version 2
$ErrorActionPreference = 'Stop'
$root = $PSScriptRoot
$solution = Join-Path $root 'DynamoBatch.sln'

function Invoke-DotNet {
    Write-Host "dotnet $args" -ForegroundColor DarkGray
    & dotnet @args
    if ($LASTEXITCODE -ne 0) {
        throw "dotnet $($args[0]) ended with exit code $LASTEXITCODE."
    }
}

function Invoke-Build {
    Invoke-DotNet build $solution -c $Configuration --nologo -v minimal
}

function Invoke-Test {
    Invoke-DotNet test $solution -c $Configuration --nologo
}

function Invoke-Bench {
    Invoke-DotNet run -c Release --project (Join-Path $root 'tests/DynamoBatch.Benchmarks') '--' @BenchArgument
}

# The server ends when its standard input closes: also when this process is killed.
function Start-LocalAws {
    $program = Join-Path $root "tests/DynamoBatch.LocalAws/bin/$Configuration/net8.0/DynamoBatch.LocalAws.dll"
    $start = New-Object System.Diagnostics.ProcessStartInfo 'dotnet', "`"$program`" --port 0 --restorable-lag 0 --restore-time 1 --quit-on-stdin-close"
    $start.UseShellExecute = $false
    $start.RedirectStandardInput = $true
    $start.RedirectStandardOutput = $true
    $process = [System.Diagnostics.Process]::Start($start)
    $line = $process.StandardOutput.ReadLine()
    if ($line -notmatch 'ready: (?<url>http://[^/\s]+)') {
        Stop-LocalAws $process
        throw "The local DynamoDB server did not start. $line"
    }

    New-Object PSObject -Property @{ Process = $process; Url = $Matches['url'] }
}

function Stop-LocalAws([System.Diagnostics.Process] $Process) {
    $Process.StandardInput.Close()
    if (-not $Process.WaitForExit(5000)) {
        $Process.Kill()
    }
}

function Invoke-Demo {
    Invoke-Build
    $demo = Join-Path $root 'docs/demo.ps1'
    $server = Start-LocalAws
    try {
        # In a process of its own, so that this session does not keep the built files open.
        $shell = Get-Process -Id $PID
        if ($shell.ProcessName -in 'pwsh', 'powershell') {
            & $shell.Path -NoProfile -ExecutionPolicy Bypass -File $demo -EndpointUrl $server.Url
            if ($LASTEXITCODE -ne 0) {
                throw "The demo ended with exit code $LASTEXITCODE."
            }
        }
        else {
            & $demo -EndpointUrl $server.Url
        }
    }
    finally {
        Stop-LocalAws $server.Process
    }
}

function Invoke-Package {
    # Only what this build makes: lib may hold files of another configuration, or of an older version.
    $lib = Join-Path $root 'lib'
    if (Test-Path $lib) {
        Remove-Item $lib -Recurse -Force
    }

    Invoke-DotNet build (Join-Path $root 'src/DynamoBatch/DynamoBatch.csproj') -c Release --nologo -v minimal

    $version = (Import-PowerShellDataFile (Join-Path $root 'DynamoBatch.psd1')).ModuleVersion
    $folder = Join-Path $root 'out/DynamoBatch'
    $zip = Join-Path $root "out/DynamoBatch-$version.zip"
    foreach ($old in $folder, $zip) {
        if (Test-Path $old) {
            Remove-Item $old -Recurse -Force
        }
    }

    $module = Join-Path $folder $version
    $null = New-Item $module -ItemType Directory -Force
    foreach ($part in 'DynamoBatch.psd1', 'DynamoBatch.psm1', 'lib', 'en-US', 'LICENSE', 'README.md', 'CHANGELOG.md', 'THIRD-PARTY-NOTICES.md') {
        Copy-Item (Join-Path $root $part) $module -Recurse
    }

    Get-ChildItem $module -Recurse -Include *.pdb | Remove-Item
    $null = Test-ModuleManifest (Join-Path $module 'DynamoBatch.psd1')

    Add-Type -AssemblyName System.IO.Compression.FileSystem
    [System.IO.Compression.ZipFile]::CreateFromDirectory($folder, $zip, 'Optimal', $true)
    Write-Host "$module`n$zip"
}

foreach ($name in $Task) {
    & "Invoke-$name"
}
