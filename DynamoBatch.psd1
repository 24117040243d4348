@{
    RootModule           = 'DynamoBatch.psm1'
    ModuleVersion        = '0.1.0'
    GUID                 = '5b0d8c57-6d0f-4a6a-9a5e-0f4d8a0c7f11'
    Author               = 'DynamoBatch maintainers'
    CompanyName          = 'DynamoBatch'
    Copyright            = '(c) DynamoBatch maintainers. MIT licence.'
    Description          = 'Bulk writes, updates, deletes and reads of Amazon DynamoDB tables from the PowerShell pipeline: Import-Csv users.csv | Write-DdbBatch Users. 25 items to a request and many requests in flight, unprocessed items sent again, each key in order, one error for each item that fails, nothing lost silently, and a killed run goes on where it was. Batch updates with conditions and counters, parallel scans and queries as objects, a table''s own content of a time or a backup restored in its place, DynamoDB JSON both ways with exact types. Works with or without AWS Tools for PowerShell. Needs .NET Framework 4.7.2 on Windows PowerShell 5.1.'
    PowerShellVersion    = '5.1'
    CompatiblePSEditions = @('Core', 'Desktop')
    DotNetFrameworkVersion = '4.7.2'
    FormatsToProcess     = @('lib/DynamoBatch.Format.ps1xml')
    TypesToProcess       = @('lib/DynamoBatch.Types.ps1xml')
    CmdletsToExport      = @(
        'Compare-DdbTable', 'ConvertFrom-DdbJson', 'ConvertTo-DdbJson', 'Read-DdbBatch', 'Read-DdbTable'
        'Remove-DdbBatch', 'Restore-DdbTableInPlace', 'Update-DdbBatch', 'Write-DdbBatch')
    FunctionsToExport    = @()
    VariablesToExport    = @()
    AliasesToExport      = @()
    PrivateData          = @{
        PSData = @{
            Tags         = @('AWS', 'Amazon', 'DynamoDB', 'BatchWriteItem', 'BatchGetItem', 'PartiQL', 'Scan', 'Bulk', 'Batch', 'Import', 'Export', 'Backfill', 'CSV', 'JSON', 'NoSQL', 'PSEdition_Core', 'PSEdition_Desktop', 'Windows', 'Linux', 'MacOS')
            LicenseUri   = 'https://github.com/dynamobatch/dynamobatch/blob/main/LICENSE'
            ProjectUri   = 'https://github.com/dynamobatch/dynamobatch'
            ReleaseNotes = '0.1.0: the first version: Write-DdbBatch, Update-DdbBatch, Remove-DdbBatch, Read-DdbBatch, Read-DdbTable, Compare-DdbTable, Restore-DdbTableInPlace, ConvertTo-DdbJson and ConvertFrom-DdbJson. All changes: https://github.com/dynamobatch/dynamobatch/blob/main/CHANGELOG.md'
        }
    }
}
