# What Package makes, out of what was built: the folder that goes to a gallery, and the zip of it, used from where users put them.
BeforeDiscovery {
    $places = @{ Place = 'the folder' }, @{ Place = 'the zip, unpacked' }
}

BeforeAll {
    Set-StrictMode -Version Latest
    $ErrorActionPreference = 'Stop'
    Import-Module "$PSScriptRoot/DynamoBatch.TestHelpers.psm1"
    $root = Split-Path (Split-Path $PSScriptRoot)
    $out = Join-Path $TestDrive 'out'
    & (Join-Path $root 'build.ps1') Package -NoBuild -OutputPath $out 6>$null
    $version = (Import-PowerShellDataFile (Join-Path $root 'DynamoBatch.psd1')).ModuleVersion
    $package = Join-Path $out "DynamoBatch/$version"
    $zip = Join-Path $out "DynamoBatch-$version.zip"
    $homes = @{ 'the folder' = Join-Path $TestDrive 'Mödule földer ✓'; 'the zip, unpacked' = Join-Path $TestDrive 'zip, entpackt №1 (π)' }
    $null = $homes.Values | ForEach-Object { [IO.Directory]::CreateDirectory($_) }
    Copy-Item (Join-Path $out 'DynamoBatch') $homes['the folder'] -Recurse
    [IO.Compression.ZipFile]::ExtractToDirectory($zip, $homes['the zip, unpacked'])
    $url = Start-LocalAws

    # A script in a PowerShell of its own that finds modules where the package lies, far from the repository.
    function Invoke-Installed([string] $Folder, [string] $Script) {
        $prolog = "`$ErrorActionPreference = 'Stop'; `$PSStyle.OutputRendering = 'PlainText'; `$ProgressPreference = 'SilentlyContinue'; Set-StrictMode -Version Latest; " +
            "`$connection = @{ EndpointUrl = '$url'; AccessKey = 'local'; SecretKey = 'local'; Region = 'us-east-1' }`n"
        $start = [Diagnostics.ProcessStartInfo]::new([Environment]::ProcessPath)
        foreach ($word in '-NoProfile', '-NonInteractive', '-OutputFormat', 'Text', '-EncodedCommand', [Convert]::ToBase64String([Text.Encoding]::Unicode.GetBytes($prolog + $Script))) { $start.ArgumentList.Add($word) }
        $start.Environment['PSModulePath'] = $Folder
        $start.WorkingDirectory = [IO.Path]::GetTempPath()
        $start.StandardOutputEncoding = $start.StandardErrorEncoding = [Text.Encoding]::UTF8
        $start.RedirectStandardOutput = $start.RedirectStandardError = $true
        $process = [Diagnostics.Process]::Start($start)
        $errors = $process.StandardError.ReadToEndAsync()
        $said = $process.StandardOutput.ReadToEnd()
        $process.WaitForExit()
        if ($process.ExitCode -ne 0) { throw "$said`n$($errors.Result)" }
        $said -split '\r?\n' | Where-Object { $_.Trim() }
    }
}

AfterAll { Stop-LocalAws }

Describe 'The package' {
    It 'holds only what is needed to run, to read and by law' {
        $names = Get-ChildItem $package -Recurse -File | ForEach-Object { [IO.Path]::GetRelativePath($package, $_.FullName) -replace '\\', '/' }
        $wanted = '^(DynamoBatch\.ps[dm]1|LICENSE|README\.md|CHANGELOG\.md|THIRD-PARTY-NOTICES(\.md|-DOTNET\.txt)' +
            '|en-US/(DynamoBatch\.dll-Help\.xml|about_\w+\.help\.txt)|lib/DynamoBatch\.(Format|Types)\.ps1xml' +
            '|lib/net(8\.0|472)/DynamoBatch(\.Loading)?\.dll|lib/net(8\.0|472)/dependencies/[\w.]+\.dll)$'
        $names | Where-Object { $_ -notmatch $wanted } | Should -BeNullOrEmpty
        foreach ($runtime in 'net8.0', 'net472') {
            foreach ($dll in 'DynamoBatch', 'DynamoBatch.Loading', 'dependencies/DynamoBatch.Core', 'dependencies/AWSSDK.Core', 'dependencies/AWSSDK.DynamoDBv2') {
                $names | Should -Contain "lib/$runtime/$dll.dll"
            }
        }
    }

    It 'names every library of others in its notices' {
        $notices = Get-Content (Join-Path $package 'THIRD-PARTY-NOTICES.md') -Raw
        $theirs = Get-ChildItem (Join-Path $package 'lib') -Recurse -Filter *.dll | Where-Object Name -NotLike 'DynamoBatch*' | ForEach-Object BaseName | Sort-Object -Unique
        $theirs | Should -Not -BeNullOrEmpty
        foreach ($name in $theirs) { $notices | Should -Match "(?m)(^|[\s,])$([regex]::Escape($name)) \d" }
    }

    It 'has no link that leads nowhere' {
        foreach ($page in Get-ChildItem $package -Filter *.md) {
            foreach ($link in [regex]::Matches((Get-Content $page -Raw), '\]\((?!https?:|#)([^)#\s]+)')) {
                Join-Path $package $link.Groups[1].Value | Should -Exist -Because "$($page.Name) leads there"
            }
        }
        Get-Content (Join-Path $package 'README.md') -Raw | Should -Match '\]\(https://github\.com/dynamobatch/dynamobatch/blob/v\d[\d.]+/docs/Write-DdbBatch\.md\)'
    }

    It 'tells nothing of the machine that built it' {
        foreach ($dll in Get-ChildItem (Join-Path $package 'lib') -Recurse -Filter DynamoBatch*.dll) {
            [Text.Encoding]::Latin1.GetString([IO.File]::ReadAllBytes($dll.FullName)).Contains($root, 'OrdinalIgnoreCase') | Should -BeFalse -Because $dll.Name
        }
    }

    It 'has the same bytes when it is made again' {
        $again = Join-Path $TestDrive 'again'
        & (Join-Path $root 'build.ps1') Package -NoBuild -OutputPath $again 6>$null
        (Get-FileHash (Join-Path $again "DynamoBatch-$version.zip")).Hash | Should -Be (Get-FileHash $zip).Hash
    }

    It 'replaces its own version, and nothing else of the folder that it goes to' {
        $place = Join-Path $TestDrive 'place'
        $null = New-Item -ItemType Directory (Join-Path $place "DynamoBatch/$version"), (Join-Path $place 'DynamoBatch/0.0.1')
        $null = New-Item (Join-Path $place "DynamoBatch/$version/old.dll"), (Join-Path $place 'DynamoBatch/0.0.1/kept.dll')
        & (Join-Path $root 'build.ps1') Package -NoBuild -OutputPath $place 6>$null
        Join-Path $place "DynamoBatch/$version/old.dll" | Should -Not -Exist
        Join-Path $place 'DynamoBatch/0.0.1/kept.dll' | Should -Exist
    }
}

Describe 'The manifest, as a gallery wants it' {
    BeforeAll {
        $manifest = Join-Path $package 'DynamoBatch.psd1'
        $data = Import-PowerShellDataFile $manifest
        $gallery = $data.PrivateData.PSData
    }

    It 'is accepted by Test-ModuleManifest' {
        $info = Test-ModuleManifest $manifest -WarningAction Stop
        "$($info.Version)" | Should -Be $version
        $info.ProjectUri | Should -Be 'https://github.com/dynamobatch/dynamobatch'
    }

    It 'has what a gallery asks for, within its limits' {
        foreach ($name in 'Author', 'Description', 'GUID', 'ModuleVersion', 'CompanyName', 'Copyright') { $data[$name] | Should -Not -BeNullOrEmpty -Because $name }
        $data.Description.Length | Should -BeLessOrEqual 4000
        $gallery.ReleaseNotes.Length | Should -BeIn (1..4000)
        foreach ($name in 'LicenseUri', 'ProjectUri') { ([uri] $gallery[$name]).Scheme | Should -Be 'https' }
        [version]::Parse($data.ModuleVersion).ToString(3) | Should -Be $data.ModuleVersion
    }

    It 'has tags that can be searched for' {
        $gallery.Tags | Where-Object { $_ -notmatch '^[\w.-]+$' } | Should -BeNullOrEmpty
        @($gallery.Tags | Sort-Object -Unique).Count | Should -Be $gallery.Tags.Count
        foreach ($tag in 'PSEdition_Core', 'PSEdition_Desktop', 'Windows', 'Linux', 'MacOS') { $gallery.Tags | Should -Contain $tag }
        # The gallery adds the commands as tags of its own; all of them together have a limit of 4,000 characters.
        ($gallery.Tags -join ' ').Length + ($data.CmdletsToExport -join ' PSCmdlet_').Length * 2 | Should -BeLessThan 4000
    }

    It 'names its version in the changelog and in the release notes' {
        Get-Content (Join-Path $package 'CHANGELOG.md') -Raw | Should -Match "(?m)^## \[$([regex]::Escape($version))\]"
        $gallery.ReleaseNotes | Should -Match ([regex]::Escape($version))
    }
}

Describe 'Used from <Place>' -ForEach $places {
    BeforeAll { $folder = $homes[$Place] }

    It 'is found by its command, writes, shows its view and helps' {
        $table = New-Table
        $said = Invoke-Installed $folder @"
`$summary = 1..30 | ForEach-Object { [pscustomobject]@{ id = "k`$_"; name = 'Zoë' } } | Write-DdbBatch $table @connection
`$summary.Succeeded
(Get-Module DynamoBatch).ModuleBase
(Get-Help Write-DdbBatch).Synopsis
(Get-Help about_DynamoBatch | Out-String).Length -gt 1000
([AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { `$_.GetName().Name -in 'DynamoBatch.Core', 'AWSSDK.Core' }).Location | Split-Path | Sort-Object -Unique
`$summary | Out-String -Width 120
"@
        $module = Join-Path $folder "DynamoBatch/$version"
        $said[0] | Should -Be '30'
        $said[1] | Should -Be $module
        $said[2] | Should -Match '\w+ \w+' -Because 'it has a synopsis'
        $said[2] | Should -Not -Match '^Write-DdbBatch ' -Because 'PowerShell makes that up where there is no help'
        $said[3] | Should -Be 'True'
        $said[4] | Should -Be (Join-Path $module 'lib/net8.0/dependencies')
        $said[5] | Should -Match 'Accepted\s+Succeeded.*TableName'
        Get-StoredCount $table | Should -Be 30
        (Get-StoredItem $table 'k7').name.S | Should -Be 'Zoë'
    }

    It 'has every command, and reads, updates, compares and restores with them' {
        $table = New-Table
        $other = New-Table
        Set-StoredItem $table @(1..3 | ForEach-Object { @{ id = @{ S = "k$_" }; v = @{ N = "$_" } } })
        $said = Invoke-Installed $folder @"
Import-Module DynamoBatch
(Get-Command -Module DynamoBatch).Count -eq (Get-Module DynamoBatch).ExportedCmdlets.Count
Read-DdbTable $table @connection | Write-DdbBatch $other @connection | ForEach-Object Succeeded
@{ id = 'k1'; v = 7 } | Update-DdbBatch $other @connection | ForEach-Object Succeeded
@(Compare-DdbTable $table $other @connection).Count
(Restore-DdbTableInPlace $other -SourceTableName $table @connection -JournalPath (Join-Path ([IO.Path]::GetTempPath()) ([guid]::NewGuid())) -Confirm:`$false).Updated
(@{ id = 'k1' } | Read-DdbBatch $other @connection | ConvertTo-DdbJson | ConvertFrom-DdbJson).v
@{ id = 'k1' } | Remove-DdbBatch $other @connection | ForEach-Object Succeeded
"@
        $said | Should -Be 'True', '3', '1', '1', '1', '1', '1'
    }
}
