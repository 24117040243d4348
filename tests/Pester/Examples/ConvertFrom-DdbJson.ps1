@{
    Setup   = {
        foreach ($name in 'Users', 'UsersCopy', 'Logins') { New-Table -Name $name }
    }
    Example = @{
        'Write a file of items to a table'                = @{
            Before = { '{"id":{"S":"a"},"n":{"N":"12345678901234567890123456789012345678"},"tags":{"SS":["x","y"]}}' | Set-Content users.jsonl }
            Then   = { (Get-StoredItem Users a).n.N | Should -Be '12345678901234567890123456789012345678' }
        }
        'Load an export to S3 that was downloaded'        = @{
            Before = {
                $null = New-Item export/data -ItemType Directory
                @{ id = 'e1'; n = 1 } | ConvertTo-DdbJson | ForEach-Object { '{"Item":' + $_ + '}' } | Set-Content one.json
                ConvertFrom-DdbJson -Path one.json | ConvertTo-DdbJson -Path export/data/one.json.gz
            }
            Then   = { (Get-StoredItem UsersCopy e1).n.N | Should -Be '1' }
        }
        'Write again what failed, each item to its own table' = @{
            Before = {
                '{"TableName":"Users","Verb":"Put","Reason":"ItemUnprocessed","Message":"x","Item":{"id":{"S":"f1"}}}',
                '{"TableName":"Logins","Verb":"Put","Reason":"ItemUnprocessed","Message":"x","Item":{"id":{"S":"f2"}}}' | Set-Content failed.jsonl
            }
            Then   = { Get-StoredItem Logins f2 | Should -Not -BeNullOrEmpty; (Get-StoredItem Users f1).Keys | Should -Be 'id' }
        }
        'Look into a file'                                = @{
            Before = { 1..5 | ForEach-Object { @{ id = "u$_"; age = $_ } } | ConvertTo-DdbJson | Set-Content users.jsonl }
            Then   = { $output.age | Should -Be 5, 4, 3 }
        }
        'Keep the lines that are broken'                  = @{
            Before = { '{"id":{"S":"b1"}}', 'not JSON' | Set-Content users.jsonl }
            Then   = { Get-Content broken.jsonl | Should -Be 'not JSON'; Get-StoredItem Users b1 | Should -Not -BeNullOrEmpty }
        }
    }
}
