# The pages: their commands exist as they are written, and their links lead somewhere. Examples.Tests.ps1 runs what can be run.

BeforeDiscovery {
    $root = Split-Path (Split-Path $PSScriptRoot)
    $pages = @(Get-Item (Join-Path $root 'README.md'), (Join-Path $root 'CONTRIBUTING.md')) + @(Get-ChildItem (Join-Path $root 'docs') -Recurse -Filter *.md) |
        ForEach-Object { @{ Name = [IO.Path]::GetRelativePath($root, $_.FullName); Path = $_.FullName } }
}

BeforeAll {
    Import-Module "$PSScriptRoot/DynamoBatch.TestHelpers.psm1" -Force
    Import-Module (Get-ModulePath) -Force

    # What may follow a minus in the text of a page: parameters of ours, of build.ps1, and the few others that pages name.
    $ours = (Get-Command -Module DynamoBatch).Parameters.Values
    $scripts = (Get-Command "$PSScriptRoot/../../build.ps1").Parameters.Keys
    $parameters = @($ours.Name) + @($ours.Aliases) + @($scripts) +
        @('First', 'DateKind', 'StoreAs', 'Scope', 'Parallel', 'Full', 'Online', 'Width', 'Ddb', 'DDB', 'MemoryOnly', 'Pin', 'Rounds', 'Rows') | Sort-Object -Unique
}

Describe 'The page <Name>' -ForEach $pages {
    It 'has code that PowerShell can read' {
        foreach ($code in (Get-PageCode $Path).Code) {
            $problems = $null
            $null = [Management.Automation.Language.Parser]::ParseInput($code, [ref] $null, [ref] $problems)
            $problems | Should -BeNullOrEmpty -Because $code
        }
    }

    It 'names no command and no parameter that does not exist' {
        foreach ($code in (Get-PageCode $Path).Code) {
            $tree = [Management.Automation.Language.Parser]::ParseInput($code, [ref] $null, [ref] $null)
            $calls = $tree.FindAll({ $args[0] -is [Management.Automation.Language.CommandAst] }, $true) | Where-Object { $_.GetCommandName() -like '*-Ddb*' }
            foreach ($call in $calls) {
                $command = Get-Command $call.GetCommandName() -Module DynamoBatch -ErrorAction Ignore
                $command | Should -Not -BeNullOrEmpty -Because $call
                foreach ($parameter in $call.CommandElements | Where-Object { $_ -is [Management.Automation.Language.CommandParameterAst] }) {
                    $command.Parameters.Keys | Should -Contain $parameter.ParameterName -Because $call
                }
            }
        }
    }

    It 'names no parameter in its text that does not exist' {
        # Fences and addresses have minuses of their own.
        $text = (Get-Content $Path -Raw) -replace '(?ms)^```.*?^```' -replace '\]\([^)]*\)' -replace 'https?:\S+'
        $named = [regex]::Matches($text, '(?<![\w)\].*/-])-([A-Z][A-Za-z]+)\b') | ForEach-Object { $_.Groups[1].Value } | Sort-Object -Unique
        $named | Where-Object { $_ -notin $parameters } | Should -BeNullOrEmpty
    }

    It 'has links that lead to files' {
        $links = [regex]::Matches((Get-Content $Path -Raw), '\]\((?!https?:|#)([^)#\s]+)') | ForEach-Object { $_.Groups[1].Value }
        foreach ($link in $links) { Join-Path (Split-Path $Path) $link | Should -Exist }
    }
}
