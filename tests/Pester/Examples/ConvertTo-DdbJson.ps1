@{
    Example = @{
        'Convert a CSV file'                          = @{
            Before = { 'id,age,tags', 'u1,42,a;b', 'u2,,c' | Set-Content users.csv }
            Then   = { $output | Should -Be '{"id":{"S":"u1"},"age":{"N":"42"},"tags":{"SS":["a","b"]}}', '{"id":{"S":"u2"},"tags":{"SS":["c"]}}' }
        }
        'Write a gzipped file, such as an import from S3 takes' = @{
            Before = { '[{"id":"e1","n":1}]' | Set-Content events.json }
            Then   = { (ConvertFrom-DdbJson -Path events.jsonl.gz).n | Should -Be 1 }
        }
        'Let items expire'                            = @{ Then = { $output | Should -Match '"expires":\{"N":"\d{10}"\}' } }
        'See what Write-DdbBatch would store'         = @{ Before = { 'x' | Set-Content a.txt }; Then = { $output | Should -Match '"id":\{"S":"a.txt"\}' } }
        'Keep a part of a file of items'              = @{
            Before = { 64..66 | ForEach-Object { @{ id = "u$_"; age = $_ } } | ConvertTo-DdbJson | Set-Content users.jsonl }
            Then   = { Get-Content older.jsonl | Should -HaveCount 2 }
        }
    }
}
