# How the module feels in a session: progress, views at any width, objects from jobs, errors short and full, strict mode, defaults.
BeforeDiscovery { $commands = (Import-PowerShellDataFile (Join-Path (Split-Path (Split-Path $PSScriptRoot)) 'DynamoBatch.psd1')).CmdletsToExport }

BeforeAll {
    Set-StrictMode -Version Latest
    $ErrorActionPreference = 'Continue'
    Import-Module "$PSScriptRoot/DynamoBatch.TestHelpers.psm1"
    $manifest = Get-ModulePath
    Import-Module $manifest
    $null = Start-RestoreAws
    $connection = Get-Connection
    $pwsh = (Get-Process -Id $PID).Path
    function ConvertTo-Plain($Shown) { @(($Shown -replace "`e\[[\d;]*m") -split "`r?`n") }
}

AfterAll { Stop-LocalAws }

Describe 'Progress' {
    # Runs a script in a runspace of its own; the progress records that it wrote.
    BeforeAll {
        function Get-Progress([string] $Script, [hashtable] $Variable) {
            $runspace = [runspacefactory]::CreateRunspace()
            $runspace.Open()
            $shell = [powershell]::Create()
            $shell.Runspace = $runspace
            try {
                foreach ($name in $Variable.Keys) { $runspace.SessionStateProxy.SetVariable($name, $Variable[$name]) }
                $null = $shell.AddScript("Set-StrictMode -Version Latest; Import-Module '$manifest'; $Script").Invoke()
                if ($shell.Streams.Error.Count) { throw $shell.Streams.Error[0] }
                @($shell.Streams.Progress | Where-Object { $_.Activity -notlike 'Preparing*' })
            }
            finally { $shell.Dispose(); $runspace.Dispose() }
        }
        $table = New-Table
    }

    It 'has a share and the time left where -Expected says how many objects come, for <Command>' -ForEach @(
        @{ Command = 'Write-DdbBatch'; More = '-MaxWriteCapacity 100' }, @{ Command = 'Update-DdbBatch'; More = '-MaxWriteCapacity 100 -Upsert' }
        @{ Command = 'Remove-DdbBatch'; More = '-MaxWriteCapacity 100' }, @{ Command = 'Read-DdbBatch'; More = '-MaxReadCapacity 50 -SkipMissing' }
    ) {
        $all = Get-Progress "`$rows | $Command $table @connection $More -Expected 200" @{ rows = @(New-Rows 200); connection = $connection }
        $shown = @($all | Where-Object PercentComplete -GT 0)
        $shown.Count | Should -BeGreaterThan 0
        foreach ($one in $shown) {
            $one.PercentComplete | Should -BeLessOrEqual 100
            $one.SecondsRemaining | Should -BeGreaterOrEqual 0
            $one.StatusDescription | Should -BeLike "$($one.PercentComplete)%: * items done, *"
        }
        $all[-1].RecordType | Should -Be Completed
    }

    It 'takes an -Expected of none for an input that is empty' {
        (@() | Write-DdbBatch $table @connection -Expected 0).Accepted | Should -Be 0
    }

    It 'has neither where more came than expected, or nobody said' {
        $variables = @{ rows = @(New-Rows 200); connection = $connection }
        foreach ($more in '', '-Expected 1') {
            $shown = @(Get-Progress "`$rows | Write-DdbBatch $table @connection -MaxWriteCapacity 100 $more" $variables | Where-Object StatusDescription -Match '^[1-9]\d* items')
            $shown.Count | Should -BeGreaterThan 0
            $shown.PercentComplete | Should -Not -Contain 0
            $shown[-1].PercentComplete | Should -Be -1
            $shown[-1].SecondsRemaining | Should -Be -1
        }
    }
}

Describe 'Views' {
    BeforeAll {
        $wide = New-Table -Name "production-customer-orders-by-region-eu-$([guid]::NewGuid().ToString('N').Substring(0, 8))"
        $live = New-RestoreTable
        $other = New-RestoreTable
        Invoke-Damage $live
        $summary = New-Rows 30 -Keys 20 | Write-DdbBatch $wide @connection
        $dry = New-Rows 5 | Write-DdbBatch $wide @connection -WhatIf
        $difference = Compare-DdbTable $other $live @connection | Where-Object SideIndicator -EQ '<>' | Select-Object -First 1
        $plan = Invoke-Restore $live @{ SourceTableName = $other; WhatIf = $true }
        $restore = Invoke-Restore $live @{ SourceTableName = $other }
        $conflict = [DynamoBatch.Output.RestoreConflict] @{
            TableName = $live; Key = [pscustomobject] @{ id = 'k1' }; Property = 'name', 'v'; WantedItem = [pscustomobject] @{ id = 'k1'; name = 'a'; v = 1 }; PresentItem = [pscustomobject] @{ id = 'k1'; name = 'b'; v = 2 }
        }
        $number = [DynamoBatch.Output.DdbNumber]::Parse('12345678901234567890123456789012345678')
        $all = @{ Summary = $summary; DryRun = $dry; Difference = $difference; Plan = $plan; Restore = $restore; Conflict = $conflict; Number = $number }
    }

    It 'of <Kind> fit <Width> columns and squeeze no header' -ForEach @(
        foreach ($kind in 'Summary', 'DryRun', 'Difference', 'Plan', 'Restore', 'Conflict', 'Number') { foreach ($width in 80, 120) { @{ Kind = $kind; Width = $width } } }
    ) {
        $lines = ConvertTo-Plain ($all[$Kind] | Out-String -Width $Width)
        ($lines | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual $Width
        if ($Kind -in 'Summary', 'DryRun') {
            ($lines | Where-Object { $_.Trim() })[0] | Should -Match '^Accepted Succeeded +Failed +Unknown +NotSent +Elapsed +Items/s TableName *$'
        }
    }

    It 'show a long table name whole, and what was replaced' {
        $cell = { param($Shown, $Width) @(ConvertTo-Plain ($Shown | Out-String -Width $Width) | Where-Object { $_.Trim() } | Select-Object -Skip 2 | ForEach-Object { $_.Substring(62).Trim() }) }
        (& $cell $summary 80) -join '' | Should -BeExactly "$wide(10 replaced)"
        & $cell $summary 120 | Should -Be $wide, '(10 replaced)'
        & $cell $dry 120 | Should -Be $wide, '(WhatIf:', '5 planned,', 'about 5 units)'
    }

    It 'show a day and more' {
        $long = [DynamoBatch.Output.BatchSummary] @{ TableName = 'T'; Elapsed = [timespan]::FromHours(27.5) }
        ($long | Out-String) | Should -Match '27:30:00\.0'
    }

    It 'are the same for <_> from Import-Clixml' -ForEach 'Summary', 'DryRun', 'Difference', 'Plan', 'Restore', 'Conflict', 'Number' {
        $path = Join-Path $TestDrive "$_.xml"
        $all[$_] | Export-Clixml $path
        (Import-Clixml $path | Out-String -Width 100) | Should -BeExactly ($all[$_] | Out-String -Width 100)
    }

    It 'are the same for <_> that goes on from there' -ForEach 'Difference', 'Restore', 'Conflict' {
        $path = Join-Path $TestDrive "$_.xml"
        $all[$_] | Export-Clixml $path
        Import-Clixml $path | Export-Clixml "$path.again"
        (Import-Clixml "$path.again" | Out-String -Width 100) | Should -BeExactly ($all[$_] | Out-String -Width 100)
    }

    It 'are the same for objects that come out of a job, and their items are whole' {
        $job = Start-Job -ArgumentList $manifest, $connection, $other, $live, $wide {
            param($manifest, $connection, $other, $live, $wide)
            Import-Module $manifest
            @{ id = 'new'; big = [bigint]::Parse('12345678901234567890123456789012345678') } | Write-DdbBatch $wide @connection
            Restore-DdbTableInPlace $live -SourceTableName $other @connection -WhatIf
            Compare-DdbTable $other $wide @connection | Select-Object -First 1
            [DynamoBatch.Output.RestoreConflict] @{ TableName = 'T'; Key = [pscustomobject] @{ id = 'k1' }; Property = 'name'; WantedItem = [pscustomobject] @{ id = 'k1'; name = 'a' } }
            'new' | Read-DdbBatch $wide @connection
        }
        try {
            $null = Wait-Job $job -Timeout 300
            $sum, $planned, $differs, $met, $item = Receive-Job $job -ErrorAction Stop
        }
        finally { Remove-Job $job -Force }
        ($sum | Out-String -Width 160) | Should -Match 'Accepted Succeeded'
        ($planned | Out-String) | Should -Match '(?s)Method +: Reconcile.*Changes +: 0'
        ($differs | Out-String) | Should -Match "id=$($differs.Key.id)"
        @($differs.ReferenceItem, $differs.DifferenceItem).Where{ $_ }[0].id | Should -Be $differs.Key.id
        ($met | Out-String) | Should -Match '(?s)Key +: id=k1.*WantedItem +: name=a'
        ($item | Format-List big | Out-String) | Should -Match 'big : 12345678901234567890123456789012345678'
    }
}

Describe 'Errors' {
    BeforeAll { $table = New-Table }
    AfterEach { Reset-LocalAws }

    It 'are a few lines on the screen' {
        $said = & $pwsh -NoProfile -NonInteractive -Command "`$PSStyle.OutputRendering = 'PlainText'; Import-Module '$manifest'; `$c = @{ EndpointUrl = '$($connection.EndpointUrl)'; AccessKey = 'a'; SecretKey = 'b' }; @{ ID = 1 } | Write-DdbBatch $table @c; @{ id = 'a' } | Write-DdbBatch nowhere @c" 2>&1 | ForEach-Object { "$_" }
        $said = ($said -join "`n") -replace "`e\[[\d;]*m"
        $said | Should -Match 'Write-DdbBatch: '
        $said | Should -Not -Match '   at '
        $said | Should -Not -Match 'DdbException'
    }

    It 'have the fault below, the target and the request''s number in full' {
        Set-Fault @{ denied = @('DescribeTable') }
        try { @{ id = 'a' } | Write-DdbBatch "Denied-$([guid]::NewGuid())" @connection -ErrorAction Stop } catch { $fresh = $_ }
        $fresh.FullyQualifiedErrorId | Should -BeLike 'AccessDenied,*'
        $fresh.TargetObject | Should -BeLike 'Denied-*'
        $fresh.Exception.InnerException.GetType().Name | Should -Match 'Exception$'
        $full = ($fresh | Format-List -Force | Out-String -Width 400)
        $full | Should -Match 'AccessDenied'
        $fresh.Exception.RequestId | Should -Not -BeNullOrEmpty
        $full | Should -Match "RequestId: $($fresh.Exception.RequestId)"
    }

    It 'of one item have the number of the request that the service refused' {
        $null = 1..3 | ForEach-Object { @{ id = "r$_"; n = 'text' } } | Write-DdbBatch $table @connection
        1..3 | ForEach-Object { @{ id = "r$_"; n = 1 } } | Update-DdbBatch $table @connection -Increment n -ErrorVariable bad -ErrorAction SilentlyContinue | Out-Null
        $bad | Should -HaveCount 3
        foreach ($one in $bad) {
            $one.FullyQualifiedErrorId | Should -BeLike 'ItemRejected,*'
            $one.Exception.RequestId | Should -Not -BeNullOrEmpty
            $one | Format-List -Force | Out-String -Width 400 | Should -Match "RequestId: $($one.Exception.RequestId)"
            "$one" | Should -Not -Match $one.Exception.RequestId
        }
    }

    It 'of a difference piped by mistake say what to pipe' {
        $difference = [DynamoBatch.Output.TableDifference] @{ SideIndicator = '<='; Key = [pscustomobject] @{ id = 'a' }; ReferenceItem = [pscustomobject] @{ id = 'a' } }
        $difference | Write-DdbBatch $table @connection -ErrorVariable bad -ErrorAction SilentlyContinue | Out-Null
        "$bad" | Should -Match 'ReferenceItem, DifferenceItem or Key'
        $difference | Remove-DdbBatch $table @connection -ErrorVariable bad -ErrorAction SilentlyContinue | Out-Null
        $bad[0].FullyQualifiedErrorId | Should -BeLike 'KeyAttributeMissing,*'
        ($difference.ReferenceItem | Write-DdbBatch $table @connection).Succeeded | Should -Be 1
        ConvertTo-DdbJson $difference | Should -Match 'SideIndicator'
    }

    It 'refuse -<_> without -FailedItemPath' -ForEach 'Append', 'Force' {
        $one = @{ $_ = $true }
        { @{ id = 'a' } | Write-DdbBatch $table @connection @one } | Should -Throw "-$_ is about the file of -FailedItemPath*" -ErrorId 'FailedItemPathMissing,*'
    }
}

Describe 'Warnings' {
    It 'tell of a name in -AttributeType that no object has' {
        $table = New-Table
        $row = [pscustomobject] @{ id = 'a'; age = '5' }
        $row | Write-DdbBatch $table @connection -AttributeType ([ordered] @{ age = 'N' }) -WarningVariable said -WarningAction SilentlyContinue | Out-Null
        $said | Should -HaveCount 0
        $row | Write-DdbBatch $table @connection -AttributeType @{ Age = 'N' } -WarningVariable said -WarningAction SilentlyContinue | Out-Null
        "$said" | Should -Match "-AttributeType names 'Age', which no object has"
        $row | Write-DdbBatch $table @connection -AttributeType @{ age = 'N'; id = 'S' } -WarningVariable said -WarningAction SilentlyContinue | Out-Null
        $said | Should -HaveCount 0
        @() | Write-DdbBatch $table @connection -AttributeType @{ Age = 'N' } -WarningVariable said -WarningAction SilentlyContinue | Out-Null
        $said | Should -HaveCount 0
    }
}

Describe 'The surface' {
    It 'of <_> tells what it gives' -ForEach $commands {
        $given = (Get-Command $_).OutputType.Name
        $given | Should -Not -BeNullOrEmpty
    }

    It 'has no alias' { (Get-Module DynamoBatch).ExportedAliases.Count | Should -Be 0 }

    It 'of <_> takes tables, and else only what is piped, by position' -ForEach $commands {
        $positional = (Get-Command $_).Parameters.Values | Where-Object { $_.ParameterSets.Values.Position -ge 0 } | ForEach-Object Name | Sort-Object
        $positional | Should -BeIn 'TableName', 'ReferenceTableName', 'DifferenceTableName', 'InputObject'
    }

    It 'completes every parameter that names a table, an index, an attribute, a profile or a region: <_>' -ForEach $commands {
        foreach ($parameter in (Get-Command $_).Parameters.Values | Where-Object Name -Match '^(TableName|\w+TableName|IndexName|Region|ProfileName|RemoveAttribute|MatchProperty|Increment)$' | Where-Object Name -NE 'ScratchTableName') {
            if ($_ -like 'Convert*') { continue }
            @($parameter.Attributes.Where{ $_ -is [ArgumentCompleter] }) | Should -HaveCount 1 -Because $parameter.Name
        }
    }
}

Describe 'A session' {
    It 'in strict mode, with all its connection in $PSDefaultParameterValues, runs every command' {
        $source = New-RestoreTable
        $live = New-RestoreTable
        $journal = New-JournalPath
        $script = @"
Set-StrictMode -Version Latest; `$ErrorActionPreference = 'Stop'; Import-Module '$manifest'
`$PSDefaultParameterValues = @{ '*-Ddb*:EndpointUrl' = '$($connection.EndpointUrl)'; '*-Ddb*:AccessKey' = 'local'; '*-Ddb*:SecretKey' = 'local'; '*-Ddb*:Region' = 'us-east-1' }
'write', (@{ id = 'k1'; v = 100 } | Write-DdbBatch $live).Succeeded
'update', (@{ id = 'k2'; name = 'x' } | Update-DdbBatch $live).Succeeded
'remove', ('k3' | Remove-DdbBatch $live).Succeeded
'read', ('k1' | Read-DdbBatch $live).v
'table', @(Read-DdbTable $live).Count
'json', (('k1' | Read-DdbBatch $live | ConvertTo-DdbJson | ConvertFrom-DdbJson).v)
'compare', @(Compare-DdbTable $source $live).Count
'restore', (Restore-DdbTableInPlace $live -SourceTableName $source -Confirm:`$false -JournalPath '$journal').Changes
'parallel', ((1..3 | ForEach-Object -Parallel { Import-Module '$manifest'; @{ id = "p`$_" } | Write-DdbBatch $live -EndpointUrl '$($connection.EndpointUrl)' -AccessKey a -SecretKey b }).Succeeded -join '')
"@
        $said = & $pwsh -NoProfile -NonInteractive -EncodedCommand ([Convert]::ToBase64String([Text.Encoding]::Unicode.GetBytes("`$ProgressPreference = 'SilentlyContinue'; $script"))) 2>&1 | ForEach-Object { "$_" }
        ($said -join ' ') | Should -Be 'write 1 update 1 remove 1 read 100 table 19 json 100 compare 3 restore 3 parallel 111'
    }
}
