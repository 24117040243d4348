# The code of the pages that is marked ```powershell run does what its page says: each piece is run against a local AWS, in a
# folder of its own. What it finds there is in Examples/<page>.ps1, a hash table:
#   Setup    what is there for all examples of the page, such as tables
#   Fresh    a local AWS, and a Setup, for each example
#   Example  by title: Before, what is there for it; Errors, those that it means to show; Then, what should have become of it
#   NotRun   by title: why it is not run
BeforeDiscovery {
    Import-Module "$PSScriptRoot/DynamoBatch.TestHelpers.psm1"
    $docs = Join-Path (Split-Path (Split-Path $PSScriptRoot)) 'docs'
    $pages = foreach ($file in Get-ChildItem $docs -Filter *.md | Where-Object Name -Match '-Ddb|^about_') {
        $fixture = & (Join-Path $PSScriptRoot "Examples/$($file.BaseName).ps1")
        $code = @(Get-PageCode $file.FullName)
        @{
            Page    = $file.BaseName
            Fixture = $fixture
            Code    = $code
            Run     = @($code | Where-Object Run | ForEach-Object { @{ Title = $_.Title; Code = $_.Code; Own = $fixture['Example'] ? $fixture.Example[$_.Title] : $null } })
        }
    }
}

BeforeAll {
    Import-Module "$PSScriptRoot/DynamoBatch.TestHelpers.psm1"
    Import-Module (Get-ModulePath)
    $names = 'AWS_ENDPOINT_URL_DYNAMODB', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_REGION', 'AWS_SHARED_CREDENTIALS_FILE', 'AWS_CONFIG_FILE', 'XDG_STATE_HOME'
    $saved = @{}
    foreach ($name in $names) { $saved[$name] = [Environment]::GetEnvironmentVariable($name) }
    $start = Get-Location

    # A user whose shell is set up: credentials and region are found, and the endpoint is the local AWS.
    function Initialize-Example($Fixture) {
        Stop-LocalAws
        $arguments = @(if ($Fixture['Server']) { & $Fixture.Server })
        $env:AWS_ENDPOINT_URL_DYNAMODB = Start-LocalAws -Argument $arguments
        $env:AWS_ACCESS_KEY_ID = 'local'
        $env:AWS_SECRET_ACCESS_KEY = 'local'
        $env:AWS_REGION = 'us-east-1'
        $env:AWS_SHARED_CREDENTIALS_FILE = New-Item (Join-Path $TestDrive 'credentials') -Force -Value "[staging]`naws_access_key_id = local`naws_secret_access_key = local`n"
        $env:AWS_CONFIG_FILE = New-Item (Join-Path $TestDrive 'config') -Force -Value "[default]`n"
        if ($Fixture['Setup']) { $null = & $Fixture.Setup }
    }

    function Invoke-Example([string] $Text, $Preparation, $Told) {
        $folder = New-Item (Join-Path $TestDrive ([guid]::NewGuid().ToString('N'))) -ItemType Directory
        $env:XDG_STATE_HOME = Join-Path $folder '.state'
        Set-Location $folder
        $exampleCode = [scriptblock]::Create($Text)
        $exampleBefore = if ($Preparation) { $Preparation } else { {} }
        $caught = Invoke-Caught {
            $ErrorActionPreference = 'Stop'
            $PSDefaultParameterValues = @{}
            $null = . $exampleBefore
            $ErrorActionPreference = 'Continue'
            # As a user who answers Yes.
            $ConfirmPreference = 'None'
            . $exampleCode
        }
        if ($caught.Ended) { throw $caught.Ended }
        $ids = @($caught.Errors | ForEach-Object { ($_.FullyQualifiedErrorId -split ',')[0] } | Sort-Object -Unique)
        $ids | Should -Be @($Told | Sort-Object -Unique) -Because "$($caught.Errors)"
        $caught.Output
    }
}

AfterAll {
    Set-Location $start
    Stop-LocalAws
    foreach ($name in $names) { [Environment]::SetEnvironmentVariable($name, $saved[$name]) }
}

Describe 'The code of <Page>' -ForEach $pages {
    BeforeAll {
        $fixture = $_.Fixture
        if ($Run -and -not $fixture['Fresh']) { Initialize-Example $fixture }
    }

    It 'is run, or it is said why not' {
        $left = @($Code | Where-Object { $_.IsExample -and -not $_.Run } | ForEach-Object Title)
        $left | Sort-Object | Should -Be @(if ($fixture['NotRun']) { $fixture.NotRun.Keys | Sort-Object })
    }

    It 'has no preparation of something that is not there' {
        @(if ($fixture['Example']) { $fixture.Example.Keys }) | Where-Object { $_ -notin $Code.Title } | Should -BeNullOrEmpty
    }

    It 'runs: <Title>' -ForEach $Run {
        if ($fixture['Fresh']) { Initialize-Example $fixture }
        $own = if ($Own) { $Own } else { @{} }
        $output = @(Invoke-Example $Code $own['Before'] $own['Errors'])
        if ($own['Then']) { . $own.Then }
    }
}

Describe 'The first run of about_DynamoBatch' {
    It 'leaves profile and region to AWS Tools where it is there' {
        $fixture = & "$PSScriptRoot/Examples/about_DynamoBatch.ps1"
        $own = $fixture.Example['A first run']
        $code = (Get-PageCode (Join-Path $PSScriptRoot '../../docs/about_DynamoBatch.md') | Where-Object Title -EQ 'A first run').Code
        Initialize-Example $fixture
        $called = [Collections.Generic.List[string]]::new()
        $before = {
            . $own.Before
            # In place of those of AWS Tools: they note how they were called.
            function Set-AWSCredential([string] $ProfileName) { $called.Add("profile $ProfileName") }
            function Set-DefaultAWSRegion([Parameter(Position = 0)][string] $Region) { $called.Add("region $Region") }
        }
        $output = @(Invoke-Example "$code`n, `$PSDefaultParameterValues" $before $own.Errors)
        $called | Should -Be 'profile staging', 'region eu-west-1'
        $output[-1].Count | Should -Be 0
        $output = $output | Select-Object -SkipLast 1
        . $own.Then
    }
}
