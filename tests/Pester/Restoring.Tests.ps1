# Restore-DdbTableInPlace by the difference: what it changes and what it leaves, checked item by item by other eyes.

BeforeAll {
    Import-Module "$PSScriptRoot/DynamoBatch.TestHelpers.psm1" -Force
    Import-Module (Get-ModulePath) -Force
    $null = Start-RestoreAws
    $connection = Get-Connection

    # No journal outside of the test's folder, also where none is named.
    $stateHome = $env:XDG_STATE_HOME
    $env:XDG_STATE_HOME = Join-Path $TestDrive 'state'

    function New-JournalPath { Join-Path $TestDrive "$([guid]::NewGuid().ToString('N')).journal" }

    # A table with point-in-time recovery and items k0, k1, ... with 'v' and 'name'.
    function New-RestoreTable {
        param([int] $Count = 20)
        $table = New-Table
        Enable-Recovery $table
        Set-StoredItem $table @(0..($Count - 1) | ForEach-Object { @{ id = @{ S = "k$_" }; v = @{ N = "$_" }; name = @{ S = "name $_" } } })
        $table
    }

    # What a bad script does: 3 items vanish, 2 change, 2 are added. 7 differences.
    function Invoke-Damage([string] $Table) {
        Remove-StoredItem $Table k0, k1, k2
        Set-StoredAttribute $Table k3 name @{ S = 'BAD' }
        Set-StoredAttribute $Table k4 v
        Set-StoredItem $Table @{ id = @{ S = 'new1' }; v = @{ N = '1' } }, @{ id = @{ S = 'new2' }; v = @{ N = '2' } }
    }

    function Invoke-Restore {
        param([string] $Table, [hashtable] $With)
        $all = @{ Confirm = $false } + $connection
        if (-not $With.ContainsKey('JournalPath') -and -not $With.ContainsKey('WhatIf')) { $all.JournalPath = New-JournalPath }
        foreach ($name in $With.Keys) { $all[$name] = $With[$name] }
        Restore-DdbTableInPlace $Table @all
    }

    function Assert-RestoreAccounts($Summary) {
        $sum = $Summary.Put + $Summary.Updated + $Summary.Deleted + $Summary.AlreadyDone + $Summary.Conflicts + $Summary.Failed + $Summary.Unknown + $Summary.NotSent
        $Summary.Changes | Should -Be $sum
    }
}

AfterAll {
    Stop-LocalAws
    $env:XDG_STATE_HOME = $stateHome
}

Describe 'A restore to a time' {
    BeforeEach { Reset-LocalAws }

    It 'gives back exactly what was there, with one write a difference, and drops its scratch table' {
        $table = New-RestoreTable 200
        $wanted = Get-TableImage $table
        $t0 = New-Moment
        Invoke-Damage $table
        Reset-LocalAws
        $summary = Invoke-Restore $table @{ PointInTime = $t0 }
        Assert-TableImage $wanted (Get-TableImage $table)
        Assert-RestoreAccounts $summary
        $summary.Changes | Should -Be 7
        $summary.Put, $summary.Updated, $summary.Deleted | Should -Be 3, 2, 2
        $summary.Unchanged | Should -Be 195
        $summary.Verified | Should -Be 7
        $summary.PointInTime | Should -Be $t0
        (Get-Mutation $table | Measure-Object items -Sum).Sum | Should -Be 7
        (Get-Mutation $table).keys | ForEach-Object { $_ -replace '.*:' } | Sort-Object | Should -Be 'k0', 'k1', 'k2', 'k3', 'k4', 'new1', 'new2'
        @(Get-RestoreRequest).Count | Should -Be 1
        Get-ScratchTable $table | Should -BeNullOrEmpty
        $summary.ScratchTableName | Should -BeNullOrEmpty
        ($summary.Phases | ForEach-Object Name) | Should -Be 'Restore', 'Compare', 'Drop', 'Apply', 'Verify'
    }

    It 'is right where the two tables are scanned in different orders' {
        $table = New-RestoreTable 300
        $wanted = Get-TableImage $table
        $t0 = New-Moment
        Invoke-Damage $table
        Set-Fault @{ scanOrder = 'own' }
        $summary = Invoke-Restore $table @{ PointInTime = $t0 }
        Reset-LocalAws
        $summary.Changes | Should -Be 7
        Assert-TableImage $wanted (Get-TableImage $table)
    }

    It 'takes every type, and names that expressions cannot say' {
        $table = New-Table
        Enable-Recovery $table
        $all = @{
            s = @{ S = 'Zürich' }; empty = @{ S = '' }; n = @{ N = '12345678901234567890123456789012345678' }; tiny = @{ N = '-1E-130' }; b = @{ B = 'AAEC' }
            yes = @{ BOOL = $true }; none = @{ NULL = $true }; ss = @{ SS = 'b', 'a' }; ns = @{ NS = '2', '1.5' }; bs = @{ BS = 'AQ==', 'Ag==' }
            l = @{ L = @(@{ S = 'x' }, @{ N = '1' }, @{ M = @{ deep = @{ L = @() } } }) }; m = @{ M = @{ 'a.b' = @{ S = '1' }; Size = @{ N = '2' } } }
            'a.b' = @{ S = 'dot' }; 'with space' = @{ S = 'space' }; size = @{ S = 'reserved' }; name = @{ S = 'reserved' }; 'ü#:[0]' = @{ S = 'odd' }
        }
        # Hash tables of PowerShell ignore case; the two names that differ by it need one that does not.
        function New-EveryType([string] $Id) {
            $copy = [Collections.Hashtable]::new([StringComparer]::Ordinal)
            $copy['id'] = @{ S = $Id }
            foreach ($n in $all.Keys) { $copy[$n] = $all[$n] }
            $copy['NAME'] = @{ S = 'case' }
            $copy
        }
        Set-StoredItem $table (New-EveryType vanished), (New-EveryType emptied), (New-EveryType changed), (New-EveryType same)
        $wanted = Get-TableImage $table
        $t0 = New-Moment
        Remove-StoredItem $table vanished
        Set-StoredItem $table @{ id = @{ S = 'emptied' }; s = @{ S = 'BAD' } }
        foreach ($n in $all.Keys) { Set-StoredAttribute $table changed $n @{ M = @{ bad = @{ NULL = $true } } } }
        Set-StoredAttribute $table changed 'extra.one more' @{ S = 'BAD' }
        (Invoke-Restore $table @{ PointInTime = $t0 }).Changes | Should -Be 3
        Assert-TableImage $wanted (Get-TableImage $table)
    }

    It 'takes keys of type <Type>, with a sort key of type <SortType>' -ForEach @(
        @{ Type = 'N'; SortType = 'S' }, @{ Type = 'B'; SortType = 'N' }, @{ Type = 'S'; SortType = 'B' }
    ) {
        $values = @{ S = 'a', 'b.c', 'ü'; N = '1', '-2.5', '98765432109876543210987654321098765432'; B = 'AA==', '/+8=', 'AQID' }
        $table = New-Table -Key 'p.k' -KeyType $Type -SortKey 'sort key' -SortKeyType $SortType
        Enable-Recovery $table
        $items = @(foreach ($p in $values[$Type]) { foreach ($s in $values[$SortType]) { @{ 'p.k' = @{ $Type = $p }; 'sort key' = @{ $SortType = $s }; v = @{ N = '1' } } } })
        Set-StoredItem $table $items
        $wanted = Get-TableImage $table 'p.k', 'sort key'
        $t0 = New-Moment
        $keys = @($items | ForEach-Object { @{ 'p.k' = $_['p.k']; 'sort key' = $_['sort key'] } })
        Remove-StoredItem $table $keys[0..3]
        Set-StoredItem $table @($keys[4], $keys[5] | ForEach-Object { $bad = $_.Clone(); $bad.v = @{ N = '-1' }; $bad })
        $summary = Invoke-Restore $table @{ PointInTime = $t0 }
        $summary.Put, $summary.Updated, $summary.Deleted | Should -Be 4, 2, 0
        Assert-TableImage $wanted (Get-TableImage $table 'p.k', 'sort key')
    }
}
