@{
    Setup   = {
        New-Table -Name Users
        New-Table -Name Events -Key device -SortKey at
        New-Table -Name Logins
    }
    Example = @{
        'Delete by a list of keys'             = @{
            Before = { Set-StoredItem Users @{ id = @{ S = 'u1' } }, @{ id = @{ S = 'u2' } }; 'u1', 'u2' | Set-Content ids.txt }
            Then   = { $output.Succeeded | Should -Be 2; Get-StoredCount Users | Should -Be 0 }
        }
        'Delete by objects'                    = @{
            Before = { Set-StoredItem Events @{ device = @{ S = 'd1' }; at = @{ S = '10' } }; 'device,at,level', 'd1,10,3' | Set-Content old.csv }
            Then   = { $output.Succeeded | Should -Be 1; Get-StoredCount Events | Should -Be 0 }
        }
        'See first what would be deleted'      = @{
            Before = { Set-StoredItem Events @{ device = @{ S = 'd2' }; at = @{ S = '10' } }; 'device,at', 'd2,10' | Set-Content old.csv }
            Then   = { Get-StoredCount Events | Should -Be 1; $output | Out-String | Should -Match 'Planned +: 1' }
        }
        'Keep what is deleted, and put it back' = @{
            Before = { Set-StoredItem Users @{ id = @{ S = 'k1' }; v = @{ N = '7' } }; 'k1' | Set-Content ids.txt }
            Then   = { (Get-StoredItem Users k1).v.N | Should -Be '7' }
        }
        'Delete from several tables'           = @{
            Before = { Set-StoredItem Logins @{ id = @{ S = 'x' } }; Set-StoredItem Users @{ id = @{ S = 'x' } }; 'table,id', 'Users,x', 'Logins,x' | Set-Content gone.csv }
            Then   = { Get-StoredCount Logins | Should -Be 0; Get-StoredItem Users x | Should -BeNullOrEmpty }
        }
        'Delete beside production traffic'     = @{
            Before = { 'device,at', 'd2,10' | Set-Content old.csv }
            Then   = { $output.Succeeded | Should -Be 1; 'failed.jsonl' | Should -Not -Exist }
        }
    }
}
