# -WhatIf, -Confirm, and several tables in one pipeline.
BeforeAll {
    Set-StrictMode -Version Latest
    $ErrorActionPreference = 'Continue'
    Import-Module "$PSScriptRoot/DynamoBatch.TestHelpers.psm1"
    Import-Module (Get-ModulePath)
    $null = Start-LocalAws
    $connection = Get-Connection

    # Runs a script in a runspace whose host gives these answers: 0 Yes, 1 Yes to all, 2 No, 3 No to all.
    function Invoke-Answering([int[]] $Answer, [string] $Script) {
        $answering = New-TestHost $Answer
        $runspace = [runspacefactory]::CreateRunspace($answering)
        $runspace.Open()
        $shell = [powershell]::Create()
        $shell.Runspace = $runspace
        try {
            $runspace.SessionStateProxy.SetVariable('connection', $connection)
            $output = $shell.AddScript("Import-Module '$(Get-ModulePath)'`n$Script").Invoke()
            [pscustomobject]@{ Output = @($output); Asked = $answering.Asked; Said = $answering.Said; Errors = @($shell.Streams.Error) }
        }
        finally { $shell.Dispose(); $runspace.Dispose() }
    }
}

AfterAll { Stop-LocalAws }

Describe '-WhatIf' {
    BeforeEach { Reset-LocalAws }

    It 'sends no write, and returns the plan to the script' {
        $table = New-Table
        $plan = 1..100 | ForEach-Object { [pscustomobject]@{ id = "k$_"; text = 'x' * 1500 } } | Write-DdbBatch $table @connection -WhatIf
        $plan | Should -HaveCount 1
        $plan.WhatIf | Should -BeTrue
        $plan.TableName | Should -Be $table
        $plan.Accepted | Should -Be 100
        $plan.Planned | Should -Be 100
        $plan.PlannedWriteUnits | Should -Be 200
        # id (2) and its 2 to 4 characters, text (4) and 1,500.
        $plan.PlannedBytes | Should -Be (100 * 1506 + 9 * 2 + 90 * 3 + 4)
        $plan.Succeeded | Should -Be 0
        $plan.NotSent | Should -Be 0
        $plan.Requests | Should -Be 0
        Get-WriteRequests | Should -HaveCount 0
        Get-StoredCount $table | Should -Be 0
    }

    It 'plans just what is then written' {
        $table = New-Table
        $rows = 1..40 | ForEach-Object { [pscustomobject]@{ id = "k$_"; n = $_; list = @(1, 'a', $true, $null); map = @{ a = 1.5 } } }
        $plan = $rows | Write-DdbBatch $table @connection -WhatIf
        $done = $rows | Write-DdbBatch $table @connection
        $done.Bytes | Should -Be $plan.PlannedBytes
        $done.ConsumedCapacity | Should -Be $plan.PlannedWriteUnits
    }

    It 'validates every item, as a real run would' {
        $table = New-Table
        $rows = @(New-Rows 10) + [pscustomobject]@{ ID = 'x' } + [pscustomobject]@{ id = 'y'; run = { 1 } }
        $caught = Invoke-Caught { $rows | Write-DdbBatch $table @connection -WhatIf }
        $caught.Errors | Should -HaveCount 2
        $caught.Errors[0].FullyQualifiedErrorId | Should -Match '^KeyAttributeMissing'
        $caught.Errors[1].FullyQualifiedErrorId | Should -Match '^ValueNotSupported'
        $caught.Output.Planned | Should -Be 10
        $caught.Output.Accepted | Should -Be 12
        $caught.Output.Failed | Should -Be 2
    }

    It 'emits no object with -PassThru, and tells the plan on the information stream' {
        $table = New-Table
        $emitted = New-Rows 5 | Write-DdbBatch $table @connection -WhatIf -PassThru -InformationVariable told
        $emitted | Should -BeNullOrEmpty
        @($told | Where-Object { $_.Tags -contains 'DynamoBatch' }) | Should -HaveCount 1
        ($told | Where-Object { $_.Tags -contains 'DynamoBatch' }).MessageData.Planned | Should -Be 5
    }

    It 'makes no -FailedItemPath file, and leaves an existing one alone' {
        $table = New-Table
        $file = Join-Path $TestDrive 'whatif.jsonl'
        @{ no = 'key' } | Write-DdbBatch $table @connection -WhatIf -FailedItemPath $file -ErrorAction SilentlyContinue | Out-Null
        $file | Should -Not -Exist
        Set-Content $file 'losses of yesterday'
        @{ no = 'key' } | Write-DdbBatch $table @connection -WhatIf -FailedItemPath $file -Force -ErrorAction SilentlyContinue | Out-Null
        Get-Content $file | Should -Be 'losses of yesterday'
    }

    It 'counts no item twice that comes twice as more than two writes' {
        $table = New-Table
        $plan = New-Rows 10 -Keys 5 | Write-DdbBatch $table @connection -WhatIf
        $plan.Accepted | Should -Be 10
        $plan.Planned | Should -BeLessOrEqual 10
    }

    It 'says the one what-if line of each table' {
        $table = New-Table
        $run = Invoke-Answering @() "`$null = 1..30 | ForEach-Object { @{ id = `"`$_`" } } | Write-DdbBatch $table @connection -WhatIf"
        @($run.Said -match 'What if:') | Should -HaveCount 1
        "$($run.Said)" | Should -Match $table
    }

    It 'follows $WhatIfPreference' {
        $table = New-Table
        $WhatIfPreference = $true
        (New-Rows 3 | Write-DdbBatch $table @connection).WhatIf | Should -BeTrue
        $WhatIfPreference = $false
        Get-StoredCount $table | Should -Be 0
    }
}

Describe '-Confirm' {
    It 'asks nothing with -Confirm:$false, whatever $ConfirmPreference says' {
        $table = New-Table
        $run = Invoke-Answering 2 "`$ConfirmPreference = 'Low'; @{ id = 'a' } | Write-DdbBatch $table @connection -Confirm:`$false"
        $run.Asked | Should -HaveCount 0
        $run.Output.Succeeded | Should -Be 1
    }

    It 'asks nothing by default' {
        $table = New-Table
        $run = Invoke-Answering 2 "@{ id = 'a' } | Write-DdbBatch $table @connection"
        $run.Asked | Should -HaveCount 0
        $run.Output.Succeeded | Should -Be 1
    }

    It 'asks once a table, never once an item' {
        $table = New-Table
        $run = Invoke-Answering 0, 2 "1..60 | ForEach-Object { @{ id = `"`$_`" } } | Write-DdbBatch $table @connection -Confirm"
        $run.Asked | Should -HaveCount 1
        $run.Asked[0] | Should -Match $table
        $run.Output.Succeeded | Should -Be 60
    }

    It 'writes nothing after No, and accounts for all' {
        $table = New-Table
        $run = Invoke-Answering 2 "1..60 | ForEach-Object { @{ id = `"`$_`" } } | Write-DdbBatch $table @connection -Confirm"
        $run.Output.Accepted | Should -Be 60
        $run.Output.NotSent | Should -Be 60
        Assert-Invariant $run.Output
        Get-StoredCount $table | Should -Be 0
    }

    It 'asks for each table by itself' {
        $one = New-Table
        $two = New-Table
        $run = Invoke-Answering 2, 0 "1..20 | ForEach-Object { @{ id = `"`$_`"; t = '$one' }; @{ id = `"`$_`"; t = '$two' } } | Write-DdbBatch -TableNameProperty t @connection -Confirm"
        $run.Asked | Should -HaveCount 2
        Assert-Invariant $run.Output
        Get-StoredCount $one | Should -Be 0
        Get-StoredCount $two | Should -Be 20
    }
}

Describe '-TableNameProperty' {
    AfterEach { Reset-LocalAws }

    It 'routes each object, does not store the property, and gives a summary a table' {
        $one = New-Table
        $two = New-Table -Key n -KeyType N
        $summaries = 1..50 | ForEach-Object { [pscustomobject]@{ id = "k$_"; to = $one }; @{ n = $_; to = $two; keep = 'x' } } |
            Write-DdbBatch -TableNameProperty to @connection
        $summaries | Should -HaveCount 2
        Assert-Invariant $summaries
        $summaries.TableName | Should -Be $one, $two
        $summaries.Succeeded | Should -Be 50, 50
        @(Get-StoredItems $one | Where-Object { $_.Contains('to') }) | Should -HaveCount 0
        @(Get-StoredItems $two | Where-Object { $_.Count -eq 2 }) | Should -HaveCount 50
    }

    It 'mixes tables in one request' {
        $one = New-Table
        $two = New-Table
        Reset-LocalAws
        $rows = 1..10 | ForEach-Object { @{ id = "k$_"; to = $one }; @{ id = "k$_"; to = $two } }
        $summaries = $rows | Write-DdbBatch -TableNameProperty to @connection
        ($summaries | Measure-Object Succeeded -Sum).Sum | Should -Be 20
        # A part-filled request leaves where the input stalls; whichever that is, the others hold both.
        Get-WriteRequests | Where-Object { @($_.tables).Count -eq 2 } | Should -Not -BeNullOrEmpty
    }

    It 'takes -TableName for objects that name no table' {
        $one = New-Table
        $rest = New-Table
        $summaries = @{ id = 'a'; to = $one }, @{ id = 'b' }, @{ id = 'c'; to = '' }, [pscustomobject]@{ id = 'd'; to = $null } |
            Write-DdbBatch $rest -TableNameProperty to @connection
        Assert-Invariant $summaries
        Get-StoredCount $one | Should -Be 1
        Get-StoredCount $rest | Should -Be 3
    }

    It 'refuses an object that names no table where there is no default, and writes the others' {
        $one = New-Table
        $caught = Invoke-Caught { @{ id = 'a'; to = $one }, @{ id = 'b' }, @{ id = 'c'; to = $one } | Write-DdbBatch -TableNameProperty to @connection }
        $caught.Ended | Should -BeNullOrEmpty
        $caught.Errors | Should -HaveCount 1
        $caught.Errors[0].Exception.Message | Should -Match "'to'"
        $caught.Errors[0].TargetObject.id | Should -Be 'b'
        Assert-Invariant $caught.Output
        Get-StoredCount $one | Should -Be 2
    }

    It 'fails only the items of a table that is missing' {
        $one = New-Table
        $rows = 1..30 | ForEach-Object { [pscustomobject]@{ id = "k$_"; to = $one }; [pscustomobject]@{ id = "k$_"; to = 'Nowhere' } }
        $caught = Invoke-Caught { $rows | Write-DdbBatch -TableNameProperty to @connection }
        $caught.Ended | Should -BeNullOrEmpty
        $caught.Errors | Should -HaveCount 30
        $caught.Errors.FullyQualifiedErrorId | Sort-Object -Unique | Should -Be 'TableNotFound,DynamoBatch.Commands.WriteDdbBatchCommand'
        $caught.Errors.TargetObject.to | Sort-Object -Unique | Should -Be 'Nowhere'
        Assert-Invariant $caught.Output
        ($caught.Output | Where-Object TableName -eq $one).Succeeded | Should -Be 30
        ($caught.Output | Where-Object TableName -eq 'Nowhere').Failed | Should -Be 30
        Get-StoredCount $one | Should -Be 30
    }

    It 'fails only the items of a table whose access is denied, though requests mix tables' {
        $one = New-Table
        $two = New-Table
        Set-Fault @{ denied = @("BatchWriteItem/$two") }
        $rows = 1..30 | ForEach-Object { [pscustomobject]@{ id = "k$_"; to = $one }; [pscustomobject]@{ id = "k$_"; to = $two } }
        $caught = Invoke-Caught { $rows | Write-DdbBatch -TableNameProperty to @connection }
        $caught.Ended | Should -BeNullOrEmpty
        Assert-Invariant $caught.Output
        ($caught.Output | Where-Object TableName -eq $one).Succeeded | Should -Be 30
        ($caught.Output | Where-Object TableName -eq $two).Failed | Should -Be 30
        $caught.Errors.FullyQualifiedErrorId | Sort-Object -Unique | Should -Be 'AccessDenied,DynamoBatch.Commands.WriteDdbBatchCommand'
        Get-StoredCount $one | Should -Be 30
        Get-StoredCount $two | Should -Be 0
    }

    It 'finds a dictionary''s table name whatever its case' {
        $one = New-Table
        $map = [ordered]@{ id = 'a'; TO = $one }
        $plain = [Collections.Generic.Dictionary[string, object]]::new(); $plain['id'] = 'b'; $plain['To'] = $one
        $summaries = $map, $plain, [pscustomobject]@{ id = 'c'; To = $one } | Write-DdbBatch -TableNameProperty to @connection
        Assert-Invariant $summaries
        Get-StoredCount $one | Should -Be 3
        @(Get-StoredItems $one | Where-Object { $_.Count -ne 1 }) | Should -HaveCount 0
    }
}
