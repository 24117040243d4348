$folder = Join-Path $PSScriptRoot 'lib' | Join-Path -ChildPath $(if ($PSEdition -eq 'Core') { 'net8.0' } else { 'net472' })
try {
    Import-Module (Join-Path $folder 'DynamoBatch.Loading.dll')
    Import-Module (Join-Path $folder 'DynamoBatch.dll')
}
catch [System.IO.FileLoadException] {
    throw "Another version of DynamoBatch was loaded in this session, and .NET unloads nothing: start a new PowerShell, and import the one version. $_"
}
