<#
.SYNOPSIS
    What DynamoBatch is for, in a dozen commands, each printed before it runs.
.DESCRIPTION
    'build.ps1 Demo' starts this against a local DynamoDB server. It makes a table Vendors, replacing one that is there.
#>
[CmdletBinding()]
param([Parameter(Mandatory)] [string] $EndpointUrl)

Set-Location (Split-Path $PSScriptRoot)

# Not part of the module: the two calls of DynamoDB that the demo needs besides. The local server takes any signature.
function Invoke-Ddb([string] $Operation, [hashtable] $Body) {
    $headers = @{
        'X-Amz-Target' = "DynamoDB_20120810.$Operation"
        'X-Amz-Date'   = [DateTime]::UtcNow.ToString('yyyyMMddTHHmmssZ')
        Authorization  = 'AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0'
    }
    $options = @{ Uri = $EndpointUrl; Method = 'Post'; ContentType = 'application/x-amz-json-1.0'; Headers = $headers }
    if ($PSEdition -eq 'Core') {
        $options.SkipHeaderValidation = $true
    }

    Invoke-RestMethod @options -Body (ConvertTo-Json $Body -Depth 9 -Compress)
}

function Get-Vendor([Parameter(ValueFromPipeline)] [string] $Assignment) {
    process {
        $answer = Invoke-Ddb GetItem @{ TableName = 'Vendors'; ConsistentRead = $true; Key = @{ Assignment = @{ S = $Assignment } } }
        ConvertTo-Json $answer.Item -Compress
    }
}

try { $null = Invoke-Ddb DeleteTable @{ TableName = 'Vendors' } } catch { Write-Verbose 'There was none.' }
$null = Invoke-Ddb CreateTable @{
    TableName            = 'Vendors'
    AttributeDefinitions = @(@{ AttributeName = 'Assignment'; AttributeType = 'S' })
    KeySchema            = @(@{ AttributeName = 'Assignment'; KeyType = 'HASH' })
    BillingMode          = 'PAY_PER_REQUEST'
}

$csv = 'tests/data/oui-sample.csv'
if (-not (Test-Path $csv)) {
    throw "The demo's data, $csv, is not there."
}

$work = Join-Path ([IO.Path]::GetTempPath()) "dynamobatch-demo-$PID"
$null = New-Item $work -ItemType Directory -Force
$failed = Join-Path $work 'failed.jsonl'

$steps = @(
    "The local server holds an empty table, Vendors, with the key 'Assignment'. Tell the command once where that is."
    { Import-Module ./DynamoBatch.psd1 }
    {
        $PSDefaultParameterValues = @{
            'Write-DdbBatch:EndpointUrl' = $EndpointUrl; 'Write-DdbBatch:AccessKey' = 'local'; 'Write-DdbBatch:SecretKey' = 'local'
        }
    }

    'Load a CSV file: 25 items to a request, many requests in flight, whatever came back unprocessed sent again.'
    { Import-Csv $csv | Select-Object -First 2 | Format-List }
    { Import-Csv $csv | Write-DdbBatch Vendors | Format-List Accepted, Succeeded, Replaced, Failed, Requests, Retries, ConsumedCapacity, Elapsed, ItemsPerSecond }
    'The file holds some keys twice. The last row stands, as if they were written one by one; one that was not sent any more counts as Replaced.'
    { Import-Csv $csv | Group-Object Assignment | Where-Object Count -gt 1 | ForEach-Object Group | Format-Table Assignment, 'Organization Name' }
    { Get-Vendor 080030 }

    'Bad items among good ones: each is an error of its own, and the others are written.'
    { $rows = @(Import-Csv $csv | Select-Object *, @{ Name = 'Seen'; Expression = { '1' } }) }
    { $rows[40].Assignment = ''; $rows[90].Seen = 'often' }
    { $rows | Write-DdbBatch Vendors -AttributeType @{ Seen = 'N' } -ErrorVariable bad -FailedItemPath $failed | Format-List Accepted, Succeeded, Replaced, Failed }

    'The errors hold the original objects: repair those, and pipe them back.'
    { $bad | ForEach-Object TargetObject | Format-Table Assignment, Seen, 'Organization Name' }
    {
        $bad | ForEach-Object TargetObject | ForEach-Object {
            if (-not $_.Assignment) { $_.Assignment = '00FIXD' }
            if ($_.Seen -eq 'often') { $_.Seen = '99' }
            $_
        } | Write-DdbBatch Vendors -AttributeType @{ Seen = 'N' } | Format-List Accepted, Succeeded, Failed
    }

    'Where the session is gone, the file is left: it says which items, and why. The corrected rows are loaded again by its keys.'
    { Get-Content $failed | ConvertFrom-Json | Format-List TableName, Reason, Message }
    { $keys = Get-Content $failed | ConvertFrom-Json | Where-Object { $_.PSObject.Properties['Key'] } | ForEach-Object { $_.Key.Assignment.S } }
    { $rows | Where-Object { $_.Assignment -in $keys } | Write-DdbBatch Vendors -AttributeType @{ Seen = 'N' } | Format-List Accepted, Succeeded, Failed }
    { $keys | Get-Vendor }

    'What would be written? Every item is checked, and nothing is sent.'
    { Import-Csv $csv | Write-DdbBatch Vendors -WhatIf | Format-List TableName, Planned, PlannedBytes, PlannedWriteUnits, Failed }
)

try {
    # At script scope, so that the commands share their variables as at a prompt.
    foreach ($step in $steps) {
        if ($step -is [string]) {
            Write-Host "`n# $step" -ForegroundColor Green
        }
        else {
            $text = $step.ToString().Trim() -replace '(?m)^ {8}', '    '
            Write-Host "PS> $text" -ForegroundColor Cyan
            . $step | Out-Default
        }
    }
}
finally {
    Remove-Item $work -Recurse -Force
}
