# Test equipment, not AWS Tools. Binary, so its assemblies load where AWS Tools' do: into the context that all modules share.
@{
    RootModule        = 'AWS.Tools.Common.StandIn.dll'
    ModuleVersion     = '0.0.1'
    GUID              = '9d0b1c1e-52a7-4f3e-8a55-0f6f5a1de6c7'
    Author            = 'DynamoBatch maintainers'
    Description       = 'Stands in for AWS.Tools.Common in tests of DynamoBatch.'
    PowerShellVersion = '7.0'
    FunctionsToExport = @()
    AliasesToExport   = @()
    VariablesToExport = @()
    CmdletsToExport   = @(
        'Clear-AWSCredential', 'Clear-DefaultAWSRegion', 'Get-AWSCredential', 'Get-AWSRegion', 'Get-DefaultAWSRegion',
        'Initialize-AWSDefaultConfiguration', 'New-RefreshingCredential', 'Set-AWSCredential', 'Set-DefaultAWSRegion', 'Use-STSRole')
}
