# What is in the scope of a restore, and that nothing outside of it is touched or said to be restored.

BeforeAll {
    Import-Module "$PSScriptRoot/DynamoBatch.TestHelpers.psm1" -Force
    Import-Module (Get-ModulePath) -Force
    $null = Start-RestoreAws
    $connection = Get-Connection

    # No journal outside of the test's folder, also where none is named.
    $stateHome = $env:XDG_STATE_HOME
    $env:XDG_STATE_HOME = Join-Path $TestDrive 'state'

    # Two tables: the content wanted, and that after a script has spoilt the attribute v of every item.
    function New-SpoiltTable {
        $script:source = New-Table
        $script:table = New-Table
        foreach ($n in 1..4) {
            $item = @{ id = @{ S = "k$n" }; tenant = @{ S = $n -le 2 ? 'a' : 'b' }; other = @{ S = 'x' } }
            Set-StoredItem $source ($item + @{ v = @{ S = 'good' } })
            Set-StoredItem $table ($item + @{ v = @{ S = 'bad' } })
        }
    }

    function Get-Good { @(Get-StoredItems $table | Where-Object { $_.v.S -eq 'good' } | ForEach-Object { $_.id.S } | Sort-Object) }
}

AfterAll {
    Stop-LocalAws
    $env:XDG_STATE_HOME = $stateHome
}

Describe 'A filter script' {
    BeforeEach { Reset-LocalAws; New-SpoiltTable }

    It 'is another one where a variable in it has another value, so that no restore of another scope is gone on with' {
        $filter = { $_.tenant -eq $tenant }
        $tenant = 'a'
        (Restore-DdbTableInPlace $table -SourceTableName $source -FilterScript $filter -PrepareOnly @connection).Changes | Should -Be 2
        $tenant = 'b'
        (Restore-DdbTableInPlace $table -SourceTableName $source -FilterScript $filter -Confirm:$false @connection -WarningVariable told).Updated | Should -Be 2
        $told | Should -BeNullOrEmpty
        Get-Good | Should -Be 'k3', 'k4'
    }

    It 'is the same one where its variables are the same, whatever its own are' {
        $wanted = @{ tenant = 'a'; more = @{ z = 1; y = 2; x = 3 } }
        $filter = { $t = $_.tenant; foreach ($one in 1) { $t -eq $wanted.tenant } }
        $null = Restore-DdbTableInPlace $table -SourceTableName $source -FilterScript $filter -PrepareOnly @connection
        $t = 'anything'
        $null = Restore-DdbTableInPlace $table -SourceTableName $source -FilterScript $filter -Confirm:$false @connection -WarningVariable told -WarningAction SilentlyContinue
        "$told" | Should -BeLike 'Going on with the restore*'
        Get-Good | Should -Be 'k1', 'k2'
    }

    It 'that says <_> fails, and does not end the loop of the caller' -ForEach 'break', 'continue' {
        $filter = [scriptblock]::Create($_)
        $after = foreach ($one in 1) {
            { Restore-DdbTableInPlace $table -SourceTableName $source -FilterScript $filter -Confirm:$false @connection } | Should -Throw -ErrorId 'FilterScriptFailed,*'
            { Compare-DdbTable $source $table -FilterScript $filter @connection } | Should -Throw -ErrorId 'FilterScriptFailed,*'
            'reached'
        }
        $after | Should -Be 'reached'
        Get-Good | Should -BeNullOrEmpty
    }

    It 'with another value of a variable is refused by the journal, which does not hold that value' {
        $journal = Join-Path $TestDrive 'scope.journal'
        $secret = 'tenant-that-nobody-shall-read'
        $null = Restore-DdbTableInPlace $table -SourceTableName $source -FilterScript { $_.tenant -eq $secret } -PrepareOnly -JournalPath $journal @connection
        $secret = 'a'
        { Restore-DdbTableInPlace $table -SourceTableName $source -FilterScript { $_.tenant -eq $secret } -Confirm:$false -JournalPath $journal @connection } |
            Should -Throw -ErrorId 'RestoreJournalOfOther,*' -ExpectedMessage '*FilterScript*'
        Get-Content $journal -Raw | Should -Not -BeLike '*nobody-shall-read*'
        Get-Good | Should -BeNullOrEmpty
    }
}

Describe '-Property' {
    BeforeEach { Reset-LocalAws; New-SpoiltTable }

    It 'with -Force leaves newer writes to other attributes as they are' {
        $journal = Join-Path $TestDrive 'property.journal'
        $arguments = @{ SourceTableName = $source; Property = 'v'; JournalPath = $journal }
        $null = Restore-DdbTableInPlace $table @arguments -PrepareOnly @connection
        Set-StoredAttribute $table k1 other @{ S = 'newer' }
        Set-StoredAttribute $table k1 v @{ S = 'newer' }
        $summary = Restore-DdbTableInPlace $table @arguments -Force -Confirm:$false @connection -WarningAction SilentlyContinue
        $summary.Updated | Should -Be 4
        $summary.Verified | Should -Be 4
        $item = Get-StoredItem $table k1
        $item.other.S | Should -Be 'newer'
        $item.v.S | Should -Be 'good'
        Get-Good | Should -HaveCount 4
    }

    It 'says so where no item has such an attribute, in a restore and in a comparison' {
        $summary = Restore-DdbTableInPlace $table -SourceTableName $source -Property V, other -Confirm:$false @connection -WarningVariable told -WarningAction SilentlyContinue
        $summary.Changes | Should -Be 0
        "$told" | Should -BeLike "*'V'*no item*"
        "$told" | Should -Not -BeLike "*other*"
        $null = Compare-DdbTable $source $table -Property V @connection -WarningVariable told -WarningAction SilentlyContinue
        "$told" | Should -BeLike "*'V'*no item*"
        $null = Compare-DdbTable $source $table -Property v @connection -WarningVariable told -WarningAction SilentlyContinue
        $told | Should -BeNullOrEmpty
    }
}

Describe 'The undo file' {
    BeforeEach { Reset-LocalAws; New-SpoiltTable }

    It 'is opened before the first change, so that nothing is overwritten that it cannot take' {
        Reset-LocalAws
        $undo = $IsWindows ? 'C:\Windows\System32\config\undo' : '/proc/undo'
        { Restore-DdbTableInPlace $table -SourceTableName $source -UndoPath $undo -Confirm:$false @connection } | Should -Throw -ErrorId 'RestoreJournalNotUsable,*'
        Get-Mutation $table | Should -BeNullOrEmpty
    }
}

Describe 'A restore that goes on' {
    BeforeEach { Reset-LocalAws; New-SpoiltTable }

    It 'says that damage done since the comparison is not in it' {
        $null = Restore-DdbTableInPlace $table -SourceTableName $source -PrepareOnly @connection -WarningVariable told
        $told | Should -BeNullOrEmpty
        $null = Restore-DdbTableInPlace $table -SourceTableName $source -Confirm:$false @connection -WarningVariable told -WarningAction SilentlyContinue
        "$told" | Should -BeLike '*damage done since is not in it*another -JournalPath*'
    }

    It 'has ended, and says nothing else, where only its first object is taken' {
        $journal = Join-Path $TestDrive 'first.journal'
        $script = "Restore-DdbTableInPlace $table -SourceTableName $source -JournalPath '$journal' -Confirm:`$false -EndpointUrl $($connection.EndpointUrl) -AccessKey a -SecretKey b | Select-Object -First 1 -ExpandProperty Updated"
        $shell = Start-Shell $script
        try {
            $shell.WaitForExit()
            $shell.Output.Result.Trim() | Should -Be '4'
        }
        finally { $shell.Dispose() }
    }
}
