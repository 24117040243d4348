# Help as a reader has it: everything is there, and says what the commands are.
BeforeDiscovery {
    $root = Split-Path (Split-Path $PSScriptRoot)
    $commands = (Import-PowerShellDataFile (Join-Path $root 'DynamoBatch.psd1')).CmdletsToExport
    $topics = Get-ChildItem (Join-Path $root 'docs') -Filter about_*.md | ForEach-Object BaseName
}

BeforeAll {
    Set-StrictMode -Version Latest
    Import-Module "$PSScriptRoot/DynamoBatch.TestHelpers.psm1"
    $manifest = Get-ModulePath
    Import-Module $manifest
    $common = [Management.Automation.PSCmdlet]::CommonParameters
    $pages = Join-Path $PSScriptRoot '../../docs'

    # As it is shown, whatever the width and the culture of who runs the tests.
    function Get-ShownHelp([string] $Name, [hashtable] $With) { (Get-Help $Name @With | Out-String -Width 4096) -replace "`e\[[\d;]*m" }
}

Describe 'Help of <_>' -ForEach $commands {
    BeforeAll {
        $name = $_
        $command = Get-Command $name
        $help = Get-Help $name -Full
        $shown = Get-ShownHelp $name @{ Full = $true }
    }

    It 'has a synopsis, a description and three examples' {
        $help.Synopsis | Should -Not -BeNullOrEmpty
        $help.Synopsis | Should -Not -Match "^\s*$name " -Because 'that is what PowerShell makes up where there is no help'
        $help.Description | Should -Not -BeNullOrEmpty
        @($help.Examples.Example).Count | Should -BeGreaterOrEqual 3
    }

    It 'describes every parameter, and no other' {
        $parameters = @($command.Parameters.Keys | Where-Object { $_ -notin $common -and $_ -ne 'ProgressAction' })
        $help.parameters.parameter.name | Sort-Object | Should -Be ($parameters | Sort-Object)
        foreach ($parameter in $help.parameters.parameter) { "$($parameter.Description.Text)" | Should -Not -BeNullOrEmpty -Because $parameter.name }
    }

    It 'says of each parameter what it is' {
        foreach ($told in $help.parameters.parameter) {
            $parameter = $command.Parameters[$told.name]
            $type = [Nullable]::GetUnderlyingType($parameter.ParameterType) ?? $parameter.ParameterType
            $told.type.name | Should -Be $type.Name -Because $told.name
            @($told.aliases -split ', ' -ne 'none') | Sort-Object | Should -Be @($parameter.Aliases | Sort-Object) -Because $told.name
            [bool]::Parse($told.required) | Should -Be (@($parameter.ParameterSets.Values)[0].IsMandatory) -Because $told.name
            ($told.pipelineInput -like 'True*') | Should -Be ($parameter.ParameterSets.Values.ValueFromPipeline -contains $true) -Because $told.name
        }
    }

    It 'says the default that a parameter has' {
        $fresh = [Activator]::CreateInstance($command.ImplementingType)
        try {
            foreach ($told in $help.parameters.parameter | Where-Object { $command.ImplementingType.GetProperty($_.name) }) {
                $value = $fresh.($told.name)
                $wanted = if ($value -is [switch]) { 'False' } elseif ($null -eq $value) { $null } else { [Convert]::ToString($value, [cultureinfo]::InvariantCulture) }
                # Where the property is null, the page says in words what the command does then.
                if ($wanted -and $value -isnot [DateTime]) { $told.defaultValue | Should -Be $wanted -Because $told.name }
            }
        }
        finally { if ($fresh -is [IDisposable]) { $fresh.Dispose() } }
    }

    It 'shows each parameter set as it is' {
        $items = @($help.Syntax.SyntaxItem)
        $items | Should -HaveCount $command.ParameterSets.Count
        $wanted = $command.ParameterSets | ForEach-Object {
            @($_.Parameters | Where-Object { $_.Name -notin $common -and $_.Name -ne 'ProgressAction' } | Sort-Object Name |
                    ForEach-Object { "$($_.Name) $(if ($_.Position -ge 0) { $_.Position } else { 'named' }) $($_.IsMandatory)" }) -join ', '
        } | Sort-Object
        $told = $items | ForEach-Object { @($_.Parameter | Sort-Object Name | ForEach-Object { "$($_.Name) $($_.position) $([bool]::Parse($_.required))" }) -join ', ' } | Sort-Object
        $told | Should -Be $wanted
    }

    It 'shows every part: <_>' -ForEach 'ERRORS', 'IAM ACTIONS', 'LIMITS', 'INPUTS', 'OUTPUTS', 'RELATED LINKS', 'Example 1: ', 'Example 3: ' {
        $shown | Should -MatchExactly $_
    }

    It 'shows no Markdown' {
        $shown -replace '(?s)---------- Example.*' | Should -Not -Match '\*\*|\]\(|```|\|---'
    }

    It 'opens its page with -Online' {
        $address = "https://github.com/dynamobatch/dynamobatch/blob/main/docs/$name.md"
        @($help.relatedLinks.navigationLink | Where-Object { $_.PSObject.Properties['uri'] -and $_.uri })[0].uri | Should -Be $address
        $command.HelpUri | Should -BeIn '', $address
        Join-Path $pages "$name.md" | Should -Exist
    }
}

Describe 'The topic <_>' -ForEach $topics {
    BeforeAll { $text = "$(Get-Help $_)" }

    It 'is found by Get-Help, with a short description' {
        $text | Should -Match "TOPIC\s+$_\s+SHORT DESCRIPTION\s+\w"
    }

    # Windows PowerShell reads topics in the code page of the system.
    It 'is plain ASCII' {
        $text | Should -Not -Match '[^\x00-\x7F]'
    }

    It 'has 80 columns, but for addresses' {
        $text -split '\r?\n' | Where-Object { $_.Length -gt 80 -and $_ -notmatch 'https://' } | Should -BeNullOrEmpty
    }
}

Describe 'The topic of errors' {
    It 'has every ErrorId that a page of a command has' {
        $told = "$(Get-Help about_DynamoBatch_Errors)"
        foreach ($page in Get-ChildItem $pages -Filter *-Ddb*.md) {
            $errors = [regex]::Match((Get-Content $page -Raw), '(?ms)^## Errors(.*?)^## ').Groups[1].Value
            foreach ($match in [regex]::Matches($errors, '(?m)^\| (\w+(?:, \w+)*) \|')) {
                foreach ($id in $match.Groups[1].Value -split ', ' -ne 'ErrorId') { $told | Should -Match "(?m)^ +$id\b" -Because $page.Name }
            }
        }
    }
}
