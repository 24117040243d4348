# What Tab gives: names of tables, indexes, attributes, profiles and regions; and that it never hangs, throws or says anything.
BeforeAll {
    Set-StrictMode -Version Latest
    $ErrorActionPreference = 'Continue'
    Import-Module "$PSScriptRoot/DynamoBatch.TestHelpers.psm1"
    Import-Module (Get-ModulePath)
    $null = Start-LocalAws
    # Completion sees variables of the session, not those of a test.
    $global:ddbConnection = Get-Connection

    $awsVariables = @('AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN', 'AWS_PROFILE', 'AWS_REGION', 'AWS_DEFAULT_REGION',
        'AWS_SHARED_CREDENTIALS_FILE', 'AWS_CONFIG_FILE', 'AWS_EC2_METADATA_DISABLED', 'AWS_EC2_METADATA_SERVICE_ENDPOINT', 'AWS_CONTAINER_CREDENTIALS_FULL_URI')
    $before = @{}
    foreach ($name in $awsVariables) { $before[$name] = [Environment]::GetEnvironmentVariable($name) }

    function Complete([string] $Line) { @((TabExpansion2 $Line $Line.Length).CompletionMatches) }

    # A busy machine may take longer than the second that a completer waits; what comes later is there when asked again.
    function Wait-Completion([string] $Line, [int] $Count = 1) {
        $deadline = [DateTime]::UtcNow.AddSeconds(90)
        do { $found = @(Complete $Line) } until ($found.Count -ge $Count -or [DateTime]::UtcNow -gt $deadline)
        $found
    }

    # A server that takes connections and never says anything.
    function New-SilentServer {
        $listener = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
        $listener.Start()
        $listener
    }

    Set-SharedFile $TestDrive

    # Nothing from the machine that the test runs on.
    function Clear-AwsEnvironment {
        foreach ($name in $awsVariables) { [Environment]::SetEnvironmentVariable($name, $null) }
        Set-SharedFile $TestDrive
    }
}

AfterAll {
    Stop-LocalAws
    Remove-Variable ddbConnection, ddbRows -Scope Global -ErrorAction Ignore
}

Describe 'Names of tables' {
    BeforeAll {
        $mark = "C$([guid]::NewGuid().ToString('N').Substring(0, 8))"
        1..120 | ForEach-Object { $null = New-Table -Name ('{0}-{1:d3}' -f $mark, $_) }
    }

    It 'are those of ListTables, more than one page of them' {
        $found = Wait-Completion "Read-DdbTable @ddbConnection $mark" 120
        $found | Should -HaveCount 120
        $found[0].CompletionText | Should -BeExactly "$mark-001"
        $found[0].ToolTip | Should -Be "table $mark-001"
    }

    It 'are found by a beginning in another case, in quotes too' {
        (Wait-Completion "Read-DdbTable @ddbConnection $($mark.ToLowerInvariant())-01" 10)[0].CompletionText | Should -BeExactly "$mark-010"
        (Wait-Completion "Read-DdbTable @ddbConnection '$mark-12" 1)[0].CompletionText | Should -BeExactly "'$mark-120'"
        (Wait-Completion "Read-DdbTable @ddbConnection `"$mark-12" 1)[0].CompletionText | Should -BeExactly "`"$mark-120`""
    }

    It 'are completed for -<Parameter> of <Command>' -ForEach @(
        foreach ($one in 'Write-DdbBatch', 'Update-DdbBatch', 'Remove-DdbBatch', 'Read-DdbBatch', 'Read-DdbTable', 'Restore-DdbTableInPlace') { @{ Command = $one; Parameter = 'TableName' } }
        @{ Command = 'Compare-DdbTable'; Parameter = 'ReferenceTableName' }
        @{ Command = 'Compare-DdbTable'; Parameter = 'DifferenceTableName' }
        @{ Command = 'Restore-DdbTableInPlace'; Parameter = 'SourceTableName' }
    ) {
        (Wait-Completion "$Command @ddbConnection -$Parameter $mark-00" 9) | Should -HaveCount 9
    }

    It 'are those of the connection that is typed, splatted or a default' {
        $line = "Read-DdbTable -EndpointUrl $($ddbConnection.EndpointUrl) -AK local -SecretKey local -Region us-east-1 $mark-00"
        Wait-Completion $line 9 | Should -HaveCount 9
        $global:PSDefaultParameterValues['*-ddb*:EndpointUrl'] = $ddbConnection.EndpointUrl
        $global:PSDefaultParameterValues['Read-DdbTable:AccessKey'] = 'local'
        $global:PSDefaultParameterValues['*-DDB*:SK'] = 'local'
        try { Wait-Completion "Read-DdbTable -TableName $mark-00" 9 | Should -HaveCount 9 }
        finally { foreach ($key in '*-ddb*:EndpointUrl', 'Read-DdbTable:AccessKey', '*-DDB*:SK') { $global:PSDefaultParameterValues.Remove($key) } }
    }

    It 'are those of the AWS Tools session' {
        $global:StoredAWSCredentials = [pscustomobject] @{ AccessKey = 'session'; SecretKey = 'secret' }
        $global:StoredAWSRegion = 'eu-west-1'
        try { Wait-Completion "Read-DdbTable -EndpointUrl $($ddbConnection.EndpointUrl) $mark-00" 9 | Should -HaveCount 9 }
        finally { Remove-Variable StoredAWSCredentials, StoredAWSRegion -Scope Global }
    }

    It 'are asked for once a minute' {
        $null = Wait-Completion "Read-DdbTable @ddbConnection $mark-00" 9
        Reset-LocalAws
        1..5 | ForEach-Object { Wait-Completion "Read-DdbTable @ddbConnection $mark-00" 9 | Should -HaveCount 9 }
        (Invoke-Control log -Method Get | ForEach-Object { $_ } | Where-Object operation -EQ ListTables) | Should -BeNullOrEmpty
    }
}

Describe 'Names of indexes and attributes' {
    BeforeAll {
        $table = New-Table -SortKey at -IndexKey email
        Set-StoredItem $table @{ id = @{ S = 'a' }; at = @{ S = '1' }; visits = @{ N = '1' }; 'odd name' = @{ S = 'x' }; "it's" = @{ S = 'x' }; tags = @{ SS = @('x') } }
        Set-Content (Join-Path $TestDrive 'rows.csv') "id,first name`na,b"
        $global:ddbRows = @([pscustomobject]@{ id = 'a'; hits = 1 })
    }

    It 'completes indexes, and says their keys' {
        $found = Wait-Completion "Read-DdbTable $table @ddbConnection -IndexName "
        $found.CompletionText | Should -Be 'byIndex'
        $found.ToolTip | Should -Be 'global index, key: email'
    }

    It 'completes attributes of keys and of a few items for <Line>' -ForEach @(
        @{ Line = 'Read-DdbTable {0} -Property ' }, @{ Line = 'Read-DdbBatch {0} -Property ' }, @{ Line = 'Update-DdbBatch {0} -RemoveAttribute ' }
        @{ Line = 'Compare-DdbTable {0} x -Property ' }, @{ Line = 'Restore-DdbTableInPlace {0} -Property ' }, @{ Line = 'Update-DdbBatch {0} -Increment ' }
    ) {
        (Wait-Completion "$($Line -f "$table @ddbConnection")" 7).CompletionText | Should -Be 'at', 'email', 'id', "'it''s'", "'odd name'", 'tags', 'visits'
    }

    It 'reads few items, by one request' {
        $other = New-Table
        Reset-LocalAws
        Set-StoredItem $other @(1..30 | ForEach-Object { @{ id = @{ S = "k$_" }; "a$_" = @{ S = 'x' } } })
        $null = Wait-Completion "Read-DdbTable $other @ddbConnection -Property a"
        $scans = @(Invoke-Control log -Method Get | ForEach-Object { $_ } | Where-Object operation -EQ Scan)
        $scans | Should -HaveCount 1
        (Wait-Completion "Read-DdbTable $other @ddbConnection -Property a").Count | Should -BeLessOrEqual 25
    }

    It 'has the names of the keys where Scan is denied' {
        $other = New-Table -IndexKey email
        Set-StoredItem $other @{ id = @{ S = 'a' }; v = @{ N = '1' } }
        Set-Fault @{ denied = @('Scan') }
        try { (Wait-Completion "Read-DdbTable $other @ddbConnection -Property " 2).CompletionText | Should -Be 'email', 'id' }
        finally { Reset-LocalAws }
    }

    It 'completes the input''s properties, and reads no table then' {
        Reset-LocalAws
        (Wait-Completion "`$ddbRows | Update-DdbBatch Other @ddbConnection -Increment ").CompletionText | Should -Be 'hits', 'id'
        (Wait-Completion "Import-Csv $(Join-Path $TestDrive 'rows.csv') | Where-Object id | Update-DdbBatch Other @ddbConnection -MatchProperty f").CompletionText | Should -Be "'first name'"
        (Wait-Completion "`$ddbRows | Write-DdbBatch Other @ddbConnection -ExcludeProperty h").CompletionText | Should -Be 'hits'
        (Wait-Completion "`$ddbRows | Write-DdbBatch @ddbConnection -TableNameProperty i").CompletionText | Should -Be 'id'
        @(Invoke-Control log -Method Get | ForEach-Object { $_ }) | Should -HaveCount 0
    }

    It 'runs nothing of the pipeline' {
        $global:ddbRan = $false
        try {
            $null = Complete "Import-Csv `$(`$global:ddbRan = `$true) | Update-DdbBatch Other @ddbConnection -Increment "
            $global:ddbRan | Should -BeFalse
            function global:Import-Csv { $global:ddbRan = $true }
            $null = Complete "Import-Csv rows.csv | Update-DdbBatch Other @ddbConnection -Increment "
            $global:ddbRan | Should -BeFalse
        }
        finally { Remove-Variable ddbRan -Scope Global; Remove-Item function:global:Import-Csv -ErrorAction Ignore }
    }

    It 'leaves no error behind where the pipeline that is typed has one' {
        $global:Error.Clear()
        $null = Complete 'Import-Csv rows.csv -NoSuchParameter x | Update-DdbBatch Other @ddbConnection -Increment '
        $global:Error | Should -HaveCount 0
    }

    It 'completes -AttributeType by what is stored' {
        (Wait-Completion "Write-DdbBatch $table @ddbConnection -AttributeType " 2).CompletionText | Should -Be "@{ 'tags' = 'SS' }", "@{ 'visits' = 'N' }"
    }
}

Describe 'Names of profiles and regions' {
    It 'completes profiles of the shared files' {
        $file = Join-Path $TestDrive 'credentials'
        Set-Content $file "[one]`naws_access_key_id=a`naws_secret_access_key=b`n[two words]`naws_access_key_id=a`naws_secret_access_key=b"
        (Wait-Completion "Read-DdbTable T -ProfileLocation $file -ProfileName " 2).CompletionText | Should -Be 'one', "'two words'"
    }

    It 'completes no region that was only once mistyped' {
        { @{ id = 'a' } | Write-DdbBatch Any -Region eu-west-99 -AccessKey a -SecretKey b } | Should -Throw '*eu-west-99*'
        (Wait-Completion 'Write-DdbBatch -Region eu-west-' 3).CompletionText | Should -Be 'eu-west-1', 'eu-west-2', 'eu-west-3'
    }

    It 'completes regions, and says where they are' {
        $found = Wait-Completion 'Read-DdbTable T -Region eu-west-1' 1
        $found.CompletionText | Should -Be 'eu-west-1'
        $found.ToolTip | Should -BeLike '*Ireland*'
    }
}

Describe 'A completer that finds nothing' {
    AfterEach {
        foreach ($name in $awsVariables) { [Environment]::SetEnvironmentVariable($name, $before[$name]) }
        Reset-LocalAws
    }

    # A hang would fail this, not a slow machine: metadata that never answers costs 16 s, a service that never answers 20.
    BeforeAll {
        function Assert-Nothing([string] $Line) {
            $count = $global:Error.Count
            $clock = [Diagnostics.Stopwatch]::StartNew()
            Complete $Line | Where-Object ResultType -EQ ParameterValue | Should -BeNullOrEmpty
            $clock.Elapsed.TotalSeconds | Should -BeLessThan 15
            $global:Error.Count | Should -Be $count
        }
    }

    It 'gives up on a server that never answers' {
        $silent = New-SilentServer
        try { Assert-Nothing "Read-DdbTable -EndpointUrl http://127.0.0.1:$($silent.LocalEndpoint.Port) -AccessKey a -SecretKey b -TableName " }
        finally { $silent.Stop() }
    }

    It 'gives up on a port where nobody listens' {
        $deaf = New-DeafSocket
        try {
            $closed = "http://127.0.0.1:$($deaf.LocalEndPoint.Port)"
            Assert-Nothing "Read-DdbTable -EndpointUrl $closed -AccessKey a -SecretKey b -TableName "
            Assert-Nothing "Read-DdbTable T -EndpointUrl $closed -AccessKey a -SecretKey b -IndexName "
        }
        finally { $deaf.Dispose() }
    }

    It 'asks neither instance nor container metadata where there are no credentials and no region' {
        Clear-AwsEnvironment
        $silent = New-SilentServer
        try {
            $env:AWS_EC2_METADATA_SERVICE_ENDPOINT = $env:AWS_CONTAINER_CREDENTIALS_FULL_URI = "http://127.0.0.1:$($silent.LocalEndpoint.Port)/"
            Assert-Nothing 'Read-DdbTable -TableName '
            Assert-Nothing 'Read-DdbTable -Region eu-west-1 -TableName '
            Assert-Nothing "Read-DdbTable -EndpointUrl $($ddbConnection.EndpointUrl) -TableName "
            $silent.Pending() | Should -BeFalse
        }
        finally { $silent.Stop() }
    }

    It 'starts no credential process' {
        Clear-AwsEnvironment
        $mark = Join-Path $TestDrive 'started'
        Set-Content $env:AWS_CONFIG_FILE "[default]`ncredential_process = touch $mark`n[profile ontop]`nrole_arn = arn:aws:iam::123456789012:role/r`nsource_profile = default"
        Wait-Completion 'Read-DdbTable -ProfileName ' 2 | Should -HaveCount 2
        Assert-Nothing "Read-DdbTable -EndpointUrl $($ddbConnection.EndpointUrl) -TableName "
        Assert-Nothing "Read-DdbTable -EndpointUrl $($ddbConnection.EndpointUrl) -ProfileName ontop -TableName "
        $mark | Should -Not -Exist
    }

    It 'says nothing where it is denied' {
        Set-Fault @{ denied = @('ListTables', 'DescribeTable') }
        Assert-Nothing "Read-DdbTable -EndpointUrl $($ddbConnection.EndpointUrl) -AccessKey denied -SecretKey b -TableName "
        Assert-Nothing "Read-DdbTable T -EndpointUrl $($ddbConnection.EndpointUrl) -AccessKey denied -SecretKey b -Property "
    }

    It 'does not ask another account where the connection is code: <Line>' -ForEach @(
        @{ Line = 'Read-DdbTable -ProfileName (Get-Date) -EndpointUrl {0} -AccessKey a -SecretKey b -TableName ' }
        @{ Line = 'Read-DdbTable -EndpointUrl {0} -Credential (Get-Date) -AccessKey a -SecretKey b -TableName ' }
    ) {
        Reset-LocalAws
        Assert-Nothing ($Line -f $ddbConnection.EndpointUrl)
        @(Invoke-Control log -Method Get | ForEach-Object { $_ }) | Should -HaveCount 0
    }

    It 'says nothing of an object in -Credential that is none, of an endpoint that is none, of a table that is not there' {
        $global:ddbRows = 5
        Assert-Nothing "Read-DdbTable -EndpointUrl $($ddbConnection.EndpointUrl) -Credential `$ddbRows -TableName "
        Assert-Nothing 'Read-DdbTable -EndpointUrl nowhere -AccessKey a -SecretKey b -TableName '
        Assert-Nothing 'Read-DdbTable NoSuchTable @ddbConnection -IndexName '
    }
}
