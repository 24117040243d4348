@{
    Setup   = {
        New-Table -Name UsersCopy
        New-Table -Name Measurements -Key device -SortKey at
        $null = Invoke-Ddb CreateTable @{
            TableName = 'Users'; BillingMode = 'PAY_PER_REQUEST'
            KeySchema = @(@{ AttributeName = 'id'; KeyType = 'HASH' })
            AttributeDefinitions = @(@{ AttributeName = 'id'; AttributeType = 'S' }, @{ AttributeName = 'city'; AttributeType = 'S' })
            GlobalSecondaryIndexes = @(@{ IndexName = 'byCity'; KeySchema = @(@{ AttributeName = 'city'; KeyType = 'HASH' }); Projection = @{ ProjectionType = 'ALL' } })
        }
        Set-StoredItem Users @(60..79 | ForEach-Object { @{ id = @{ S = "u$_" }; age = @{ N = "$_" }; status = @{ S = 'active' }; city = @{ S = 'Ulm' } } })
        Set-StoredItem Measurements @(18..22 | ForEach-Object { @{ device = @{ S = 'device-7' }; at = @{ S = "2026-11-${_}T12:00" } } })
    }
    Example = @{
        'Look at a table'                                        = @{ Then = { $output | Should -HaveCount 5 } }
        'Copy a table'                                           = @{ Then = { $output.Succeeded | Should -Be 20; Get-StoredCount UsersCopy | Should -Be 20 } }
        'Find items by a filter'                                 = @{ Then = { $output | Should -HaveCount 14; $output[0].PSObject.Properties.Name | Should -Be 'id', 'age' } }
        "Read a device's measurements of one day, newest first" = @{ Then = { $output.at | Should -Be '2026-11-20T12:00' } }
        'Query an index'                                         = @{ Then = { $output | Should -HaveCount 10 } }
        'Share a scan among machines'                            = @{ Then = { 'users-2.csv' | Should -Exist } }
        'Read beside production traffic'                         = @{ Then = { ConvertFrom-DdbJson -Path users.jsonl.gz | Should -HaveCount 20 } }
    }
}
