<#
.SYNOPSIS
    What DynamoBatch is for, in some thirty commands, each printed before it runs.
.DESCRIPTION
    'build.ps1 Demo' starts this against a local DynamoDB server. It makes a table Vendors, replacing one that is there.
#>
[CmdletBinding()]
param([Parameter(Mandatory)] [string] $EndpointUrl)

Set-Location (Split-Path $PSScriptRoot)

# Not part of the module: the calls of DynamoDB that the demo needs besides. The local server takes any signature.
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

# The local server can be told to refuse all writes for a while, as a table does that is over its capacity.
function Set-Throttling([double] $Chance) {
    $faults = ConvertTo-Json @{ operations = @{ BatchWriteItem = @{ chance = @{ throttled = $Chance } } } } -Depth 9
    $null = Invoke-RestMethod "$EndpointUrl/__localaws/faults" -Method Post -ContentType application/json -Body $faults
}

try { $null = Invoke-Ddb DeleteTable @{ TableName = 'Vendors' } } catch { Write-Verbose 'There was none.' }
$null = Invoke-Ddb CreateTable @{
    TableName            = 'Vendors'
    AttributeDefinitions = @(@{ AttributeName = 'Assignment'; AttributeType = 'S' })
    KeySchema            = @(@{ AttributeName = 'Assignment'; KeyType = 'HASH' })
    BillingMode          = 'PAY_PER_REQUEST'
}
$null = Invoke-Ddb UpdateContinuousBackups @{ TableName = 'Vendors'; PointInTimeRecoverySpecification = @{ PointInTimeRecoveryEnabled = $true } }

$csv = 'tests/data/oui-sample.csv'
if (-not (Test-Path $csv)) {
    throw "The demo's data, $csv, is not there."
}

$work = Join-Path ([IO.Path]::GetTempPath()) "dynamobatch-demo-$PID"
$null = New-Item $work -ItemType Directory -Force
$failed = Join-Path $work 'failed.jsonl'
$purged = Join-Path $work 'purged.jsonl.gz'
$journal = Join-Path $work 'restore.journal'

$steps = @(
    "The local server holds an empty table, Vendors, with the key 'Assignment'. Tell the commands once where that is."
    { Import-Module ./DynamoBatch.psd1 }
    {
        $PSDefaultParameterValues = @{
            '*-Ddb*:EndpointUrl' = $EndpointUrl; '*-Ddb*:AccessKey' = 'local'; '*-Ddb*:SecretKey' = 'local'
        }
    }

    'Load a CSV file: 25 items to a request, many requests in flight, whatever came back unprocessed sent again.'
    { Import-Csv $csv | Select-Object -First 2 | Format-List }
    { Import-Csv $csv | Write-DdbBatch Vendors | Format-List Accepted, Succeeded, Replaced, Failed, Requests, Retries, ConsumedCapacity, Elapsed, ItemsPerSecond }
    'The file holds some keys twice. The last row stands, as if they were written one by one; one that was not sent any more counts as Replaced.'
    { Import-Csv $csv | Group-Object Assignment | Where-Object Count -gt 1 | ForEach-Object Group | Format-Table Assignment, 'Organization Name' }
    { '080030' | Read-DdbBatch Vendors | Format-List }

    'Bad items among good ones: each is an error of its own, and the others are written.'
    { $rows = @(Import-Csv $csv | Select-Object *, @{ Name = 'Seen'; Expression = { '1' } }) }
    { $rows[40].Assignment = ''; $rows[90].Seen = 'often' }
    { $rows | Write-DdbBatch Vendors -AttributeType @{ Seen = 'N' } -ErrorVariable bad | Format-List Accepted, Succeeded, Replaced, Failed }

    'The errors hold the original objects: repair those, and pipe them back.'
    { $bad | ForEach-Object TargetObject | Format-Table Assignment, Seen, 'Organization Name' }
    {
        $bad | ForEach-Object TargetObject | ForEach-Object {
            if (-not $_.Assignment) { $_.Assignment = '00FIXD' }
            if ($_.Seen -eq 'often') { $_.Seen = '99' }
            $_
        } | Write-DdbBatch Vendors -AttributeType @{ Seen = 'N' } | Format-List Accepted, Succeeded, Failed
    }

    'The service refuses all writes for a while. What was not written is in a file: which items, and why.'
    { Set-Throttling 1 }
    { $rows | Select-Object -Skip 100 -First 100 | Write-DdbBatch Vendors -RetryTimeout 1 -FailedItemPath $failed -ErrorAction SilentlyContinue | Format-List Accepted, Succeeded, Failed }
    { Set-Throttling 0 }
    { Get-Content $failed | ConvertFrom-Json | Group-Object TableName, Verb, Reason -NoElement | Format-Table Count, Name }
    { ConvertFrom-DdbJson -Path $failed | Write-DdbBatch Vendors | Format-List Accepted, Succeeded, Failed }

    'Update: objects hold the key and what changes, here a counter and a mark; all else stays. A key without an item is an error.'
    {
        '080030', '00FIXD', 'NOBODY' | ForEach-Object { [pscustomobject]@{ Assignment = $_; Checked = $true } } |
            Update-DdbBatch Vendors -Increment @{ Visits = 1 } | Format-List Accepted, Succeeded, Failed
    }

    'Read by a filter, and purge what it finds: the file is the list, and the backup.'
    { Read-DdbTable Vendors -Filter 'Checked = :yes' -FilterValue @{ ':yes' = $true } | Format-Table Assignment, Visits, 'Organization Name' }
    { Read-DdbTable Vendors -Filter 'Checked = :yes' -FilterValue @{ ':yes' = $true } | ConvertTo-DdbJson -Path $purged }
    { ConvertFrom-DdbJson -Path $purged | Remove-DdbBatch Vendors | Format-List Accepted, Succeeded, Failed }

    'A bad script deletes 50 vendors and spoils 30. Point-in-time recovery is on. Afterwards somebody writes to one of the spoilt ones.'
    { $before = [DateTime]::UtcNow; Start-Sleep 1; $some = Read-DdbTable Vendors -First 80 }
    { $some | Select-Object -First 50 | Remove-DdbBatch Vendors | Format-List Accepted, Succeeded }
    { $some | Select-Object -Last 30 Assignment, @{ Name = 'Registry'; Expression = { 'OOPS' } } | Update-DdbBatch Vendors | Format-List Accepted, Succeeded }
    { Start-Sleep 1; $after = [DateTime]::UtcNow; Start-Sleep 1 }
    { $some[79] | Select-Object Assignment, @{ Name = 'Contact'; Expression = { 'Ann' } } | Update-DdbBatch Vendors | Format-List Accepted, Succeeded }
    'Restore in place: what happened between the two times is undone, and what was written since stands. Without -Confirm:$false it asks first.'
    { Restore-DdbTableInPlace Vendors -PointInTime $before -DamageEnd $after -JournalPath $journal -Confirm:$false }
    { $some[0], $some[79] | Read-DdbBatch Vendors -Ordered | Format-Table Assignment, Registry, Contact, 'Organization Name' }

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
