@{
    RootModule           = 'DynamoBatch.psm1'
    ModuleVersion        = '0.1.0'
    GUID                 = '5b0d8c57-6d0f-4a6a-9a5e-0f4d8a0c7f11'
    Author               = 'DynamoBatch maintainers'
    CompanyName          = 'DynamoBatch'
    Copyright            = '(c) DynamoBatch maintainers. MIT licence.'
    Description          = 'Bulk writes to Amazon DynamoDB from the PowerShell pipeline: batched, ordered per key, retried, and nothing lost silently.'
    PowerShellVersion    = '5.1'
    CompatiblePSEditions = @('Core', 'Desktop')
    DotNetFrameworkVersion = '4.7.2'
    FormatsToProcess     = @('lib/DynamoBatch.Format.ps1xml')
    CmdletsToExport      = @('Write-DdbBatch')
    FunctionsToExport    = @()
    VariablesToExport    = @()
    AliasesToExport      = @()
    PrivateData          = @{
        PSData = @{
            Tags         = @('AWS', 'DynamoDB', 'BatchWriteItem', 'Bulk', 'Import', 'CSV', 'PSEdition_Core', 'PSEdition_Desktop', 'Windows', 'Linux', 'MacOS')
            LicenseUri   = 'https://opensource.org/license/mit'
            ReleaseNotes = 'See CHANGELOG.md'
        }
    }
}
