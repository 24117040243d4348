# The pages: their commands exist as they are written, and their links lead somewhere. What they print is not compared here.

BeforeDiscovery {
    $root = Split-Path (Split-Path $PSScriptRoot)
    $pages = @(Get-Item (Join-Path $root 'README.md'), (Join-Path $root 'CONTRIBUTING.md')) + @(Get-ChildItem (Join-Path $root 'docs') -Recurse -Filter *.md) |
        ForEach-Object { @{ Name = [IO.Path]::GetRelativePath($root, $_.FullName); Path = $_.FullName } }
}

BeforeAll {
    Import-Module "$PSScriptRoot/DynamoBatch.TestHelpers.psm1" -Force
    Import-Module (Get-ModulePath) -Force

    # The code of a page, one block after the other.
    function Get-CodeBlock([string] $Path) {
        [regex]::Matches((Get-Content $Path -Raw), '(?ms)^\s*```powershell\r?\n(.*?)^\s*```') | ForEach-Object { $_.Groups[1].Value }
    }
}

Describe 'The page <Name>' -ForEach $pages {
    It 'has code that PowerShell can read' {
        foreach ($code in Get-CodeBlock $Path) {
            $problems = $null
            $null = [Management.Automation.Language.Parser]::ParseInput($code, [ref] $null, [ref] $problems)
            $problems | Should -BeNullOrEmpty -Because $code
        }
    }

    It 'names no command and no parameter that does not exist' {
        foreach ($code in Get-CodeBlock $Path) {
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

    It 'has links that lead to files' {
        $links = [regex]::Matches((Get-Content $Path -Raw), '\]\((?!https?:|#)([^)#\s]+)') | ForEach-Object { $_.Groups[1].Value }
        foreach ($link in $links) { Join-Path (Split-Path $Path) $link | Should -Exist }
    }
}
