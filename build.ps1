<#
.SYNOPSIS
    Builds, tests, demonstrates, measures and packages DynamoBatch.
.DESCRIPTION
    Needs the .NET SDK, version 8 or later. Test, Demo and Bench also need Node.js 20 or later: the DynamoDB server that they run
    on comes from npm. No task needs an AWS account. Runs in PowerShell 7 and in Windows PowerShell 5.1.
.PARAMETER Task
    Build    compiles everything and puts the importable module together, for Import-Module ./DynamoBatch.psd1
    Test     runs all tests; those of the commands run where pwsh and Pester are found
    Smoke    runs the steps that everything rests on in this very shell, Windows PowerShell 5.1 or PowerShell 7; needs Pester 5
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
    [ValidateSet('Build', 'Test', 'Smoke', 'Demo', 'Bench', 'Package')]
    [string[]] $Task = 'Build',

    [ValidateSet('Release', 'Debug')]
    [string] $Configuration = 'Release',

    # What the benchmarks' own command line takes: 'help' lists it. 'import' measures the import of the module.
    [string[]] $BenchArgument = 'engine',

    # Package: takes what was built before.
    [switch] $NoBuild,

    # Package: where to.
    [string] $OutputPath
)

Set-StrictMode -Version 2
$ErrorActionPreference = 'Stop'
$root = $PSScriptRoot
$solution = Join-Path $root 'DynamoBatch.sln'
$OutputPath = if ($OutputPath) { $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($OutputPath) } else { Join-Path $root 'out' }

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

# Built before: only then do the test projects run side by side.
function Invoke-Test {
    Invoke-Build
    Invoke-DotNet test $solution -c $Configuration --no-build --nologo
}

# In a process of its own, so that this session does not keep the built files open. $env:DYNAMOBATCH_MODULE names another build.
function Invoke-Smoke {
    $tests = Join-Path $root 'tests/Pester/Invoke-Tests.ps1'
    & (Get-Process -Id $PID).Path -NoProfile -NonInteractive -ExecutionPolicy Bypass -File $tests -Path Smoke.Tests.ps1
    if ($LASTEXITCODE -ne 0) {
        throw "The smoke tests ended with exit code $LASTEXITCODE."
    }
}

function Invoke-Bench {
    if ($BenchArgument[0] -eq 'import') {
        Invoke-DotNet build (Join-Path $root 'tests/DynamoBatch.Benchmarks') -c Release --nologo -v minimal
        Invoke-DotNet build (Join-Path $root 'src/DynamoBatch') -c Release --nologo -v minimal
        & (Join-Path $root 'tests/DynamoBatch.Benchmarks/Measure-Import.ps1')
        return
    }

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

# What a gallery wants: no symbols, no documentation of types, no tests. Everything that is shipped is named here.
$shipped = @(
    'DynamoBatch.psd1', 'DynamoBatch.psm1', 'LICENSE', 'README.md', 'CHANGELOG.md', 'THIRD-PARTY-NOTICES.md', 'THIRD-PARTY-NOTICES-DOTNET.txt'
    'en-US/*.help.txt', 'en-US/*-Help.xml', 'lib/*.ps1xml'
    'lib/net8.0/*.dll', 'lib/net8.0/dependencies/*.dll', 'lib/net472/*.dll', 'lib/net472/dependencies/*.dll')

function Invoke-Package {
    if (-not $NoBuild) {
        # Only what this build makes: lib may hold files of another configuration, or of an older version.
        $lib = Join-Path $root 'lib'
        if (Test-Path $lib) {
            Remove-Item $lib -Recurse -Force
        }

        foreach ($project in Get-ChildItem (Join-Path $root 'src/*/*.csproj')) {
            Invoke-DotNet build $project.FullName -c Release --nologo -v minimal
        }
    }

    $manifest = Import-PowerShellDataFile (Join-Path $root 'DynamoBatch.psd1')
    $version = $manifest.ModuleVersion
    $folder = Join-Path $OutputPath 'DynamoBatch'
    $module = Join-Path $folder $version
    $zip = Join-Path $OutputPath "DynamoBatch-$version.zip"
    foreach ($old in $module, $zip) {
        if (Test-Path $old) {
            Remove-Item $old -Recurse -Force
        }
    }

    foreach ($pattern in $shipped) {
        $files = @(Get-Item (Join-Path $root $pattern) -ErrorAction SilentlyContinue)
        if (-not $files) {
            throw "Nothing to ship as '$pattern'. Build first: ./build.ps1"
        }

        $target = Join-Path $module (Split-Path $pattern)
        $null = New-Item $target -ItemType Directory -Force
        # What restored packages brought keeps neither their dates nor their permissions.
        foreach ($file in $files) {
            [System.IO.File]::WriteAllBytes((Join-Path $target $file.Name), [System.IO.File]::ReadAllBytes($file.FullName))
        }
    }

    # The pages that are not shipped are read where the project lives.
    foreach ($page in 'README.md', 'CHANGELOG.md') {
        $file = Join-Path $module $page
        $text = [regex]::Replace([System.IO.File]::ReadAllText($file), '\]\((?!https?:|#)([^)\s]+)\)', {
                param($link)
                $to = $link.Groups[1].Value
                if (Test-Path (Join-Path $module ($to -replace '#.*'))) { $link.Value } else { "]($($manifest.PrivateData.PSData.ProjectUri)/blob/v$version/$to)" }
            })
        [System.IO.File]::WriteAllText($file, $text)
    }

    $null = Test-ModuleManifest (Join-Path $module 'DynamoBatch.psd1')
    Write-Zip $module $zip (Split-Path $folder)
    Write-Host "$module`n$zip"
}

# The same files in the same order with the commit's time, so that the same commit gives the same zip on the same system.
function Write-Zip([string] $Folder, [string] $Zip, [string] $Above) {
    Add-Type -AssemblyName System.IO.Compression, System.IO.Compression.FileSystem
    $time = [DateTimeOffset] '1980-01-01Z'
    if (Get-Command git -ErrorAction SilentlyContinue) {
        $told = & git -C $root log -1 --format=%cI 2>$null
        if ($told) {
            $time = ([DateTimeOffset] $told).ToUniversalTime()
        }
    }

    $names = [string[]] @(Get-ChildItem $Folder -Recurse | Where-Object { -not $_.PSIsContainer } |
            ForEach-Object { $_.FullName.Substring($Above.Length).TrimStart('\', '/') -replace '\\', '/' })
    [Array]::Sort($names, [StringComparer]::Ordinal)
    $archive = [System.IO.Compression.ZipFile]::Open($Zip, 'Create')
    try {
        foreach ($name in $names) {
            $entry = $archive.CreateEntry($name, 'Optimal')
            $entry.LastWriteTime = $time
            $bytes = [System.IO.File]::ReadAllBytes((Join-Path $Above $name))
            $stream = $entry.Open()
            $stream.Write($bytes, 0, $bytes.Length)
            $stream.Dispose()
        }
    }
    finally {
        $archive.Dispose()
    }
}

foreach ($name in $Task) {
    & "Invoke-$name"
}
