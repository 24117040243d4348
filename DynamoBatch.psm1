$folder = Join-Path $PSScriptRoot 'lib' | Join-Path -ChildPath $(if ($PSEdition -eq 'Core') { 'net8.0' } else { 'net472' })
Import-Module (Join-Path $folder 'DynamoBatch.Loading.dll')
Import-Module (Join-Path $folder 'DynamoBatch.dll')
