# Everything that keeps a run from starting or going on: one clear error, soon, with the remedy.
BeforeAll {
    Set-StrictMode -Version Latest
    $ErrorActionPreference = 'Continue'
    Import-Module "$PSScriptRoot/DynamoBatch.TestHelpers.psm1"
    Import-Module (Get-ModulePath)
    $url = Start-LocalAws
    $connection = Get-Connection
    $variables = 'AWS_PROFILE', 'AWS_REGION', 'AWS_DEFAULT_REGION', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN',
        'AWS_SHARED_CREDENTIALS_FILE', 'AWS_CONFIG_FILE', 'AWS_EC2_METADATA_DISABLED', 'AWS_ROLE_ARN', 'AWS_WEB_IDENTITY_TOKEN_FILE',
        'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI', 'AWS_CONTAINER_CREDENTIALS_FULL_URI'
    $kept = @{}
    foreach ($name in $variables) { $kept[$name] = [Environment]::GetEnvironmentVariable($name) }

    Set-SharedFile $TestDrive

    # What Write-DdbBatch meets at a server that answers each connection by a script; and where that server was.
    function Invoke-AtServer([scriptblock] $Answer, $Argument, [string] $Scheme) {
        $listener = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
        $listener.Start()
        $code = "$Answer"
        $server = Start-ThreadJob -ErrorAction Ignore {
            # A listener that has stopped ends the loop.
            $ErrorActionPreference = 'Stop'
            $answer = [scriptblock]::Create($using:code)
            while ($true) {
                $client = ($using:listener).AcceptTcpClient()
                try { & $answer $client.GetStream() $using:Argument } catch { } finally { $client.Dispose() }
            }
        }
        if (-not $server) { Set-ItResult -Skipped -Because 'there is no Start-ThreadJob' }
        try {
            $address = "${Scheme}://127.0.0.1:$($listener.LocalEndpoint.Port)"
            $address
            Invoke-Caught { New-Rows 5 | Write-DdbBatch T -EndpointUrl $address -AccessKey a -SecretKey b -Region us-east-1 }
        }
        finally { $listener.Stop(); Remove-Job $server -Force }
    }

    # One terminating error, and nothing else.
    function Assert-Ended($Caught, [string] $ErrorId, [string] $Category) {
        $Caught.Ended | Should -Not -BeNullOrEmpty
        ($Caught.Ended.FullyQualifiedErrorId -split ',')[0] | Should -Be $ErrorId
        $Caught.Ended.CategoryInfo.Category | Should -Be $Category
        $Caught.Output | Should -HaveCount 0
    }
}

AfterAll {
    foreach ($name in $kept.Keys) { [Environment]::SetEnvironmentVariable($name, $kept[$name]) }
    Stop-LocalAws
}

Describe 'Tables' {
    AfterEach { Reset-LocalAws }

    It 'says within seconds that a table does not exist, naming it and where it was looked for' {
        $caught = Invoke-Caught { New-Rows 100 | Write-DdbBatch NoSuchTable @connection }
        Assert-Ended $caught 'TableNotFound' 'ObjectNotFound'
        $caught.Errors | Should -HaveCount 0
        $caught.Elapsed.TotalSeconds | Should -BeLessThan 20
        $caught.Ended.Exception.Message | Should -Match "'NoSuchTable'"
        $caught.Ended.Exception.Message | Should -Match ([regex]::Escape($url))
        $caught.Ended.TargetObject | Should -Be 'NoSuchTable'
    }

    It 'says so also where no object comes' {
        Assert-Ended (Invoke-Caught { @() | Write-DdbBatch NoSuchTable @connection }) 'TableNotFound' 'ObjectNotFound'
    }

    It 'leaves the other commands of a script to go on with -ErrorAction Continue and try/catch' {
        $table = New-Table
        $said = try { @{ id = 'a' } | Write-DdbBatch NoSuchTable @connection } catch { 'caught' }
        $said | Should -Be 'caught'
        (@{ id = 'a' } | Write-DdbBatch $table @connection).Succeeded | Should -Be 1
    }

    It 'waits for a table that is being created, and says so in -Verbose' {
        $table = New-Table
        Set-Fault @{ tableStates = @{ $table = @{ state = 'CREATING'; forDescribes = 2 } } }
        $caught = Invoke-Caught { New-Rows 30 | Write-DdbBatch $table @connection -Verbose }
        $caught.Ended | Should -BeNullOrEmpty
        $caught.Output.Succeeded | Should -Be 30
        @($caught.Verbose -match 'being created') | Should -HaveCount 1
    }

    It 'writes to a table that is being updated' {
        $table = New-Table
        Set-Fault @{ tableStates = @{ $table = @{ state = 'UPDATING' } } }
        (New-Rows 30 | Write-DdbBatch $table @connection).Succeeded | Should -Be 30
    }

    It 'refuses a table that is being deleted' {
        $table = New-Table
        Set-Fault @{ tableStates = @{ $table = @{ state = 'DELETING' } } }
        $caught = Invoke-Caught { New-Rows 30 | Write-DdbBatch $table @connection }
        Assert-Ended $caught 'TableNotActive' 'ResourceUnavailable'
        $caught.Ended.Exception.Message | Should -Match 'DELETING'
    }

    It 'tells the counts where a table vanishes in mid-run' {
        $table = New-Table
        $rows = @(New-Rows 400)
        $caught = Invoke-Caught {
            $n = 0
            $rows | ForEach-Object { if ($n++ -eq 200) { $null = Invoke-Ddb DeleteTable @{ TableName = $table } }; $_ } | Write-DdbBatch $table @connection
        }
        Assert-Ended $caught 'TableNotFound' 'ObjectNotFound'
        $told = Get-ToldCounts $caught.Ended
        $told.Succeeded | Should -BeLessThan 400
        $told.NotSent + $told.Failed | Should -BeGreaterThan 0
    }
}

Describe 'Rights and credentials that the service refuses' {
    AfterEach { Reset-LocalAws }

    It 'says that <Action> is denied, for which table' -ForEach @{ Action = 'DescribeTable' }, @{ Action = 'BatchWriteItem' } {
        $table = New-Table
        Set-Fault @{ denied = @($Action) }
        $caught = Invoke-Caught { New-Rows 60 | Write-DdbBatch $table @connection }
        Assert-Ended $caught 'AccessDenied' 'PermissionDenied'
        $caught.Ended.Exception.Message | Should -Match $table
        $caught.Ended.Exception.Message | Should -Match $Action
        $caught.Elapsed.TotalSeconds | Should -BeLessThan 20
        if ($Action -eq 'BatchWriteItem') { (Get-ToldCounts $caught.Ended).Succeeded | Should -Be 0 }
    }

    It 'says that the session is over, and to get a new one' {
        $table = New-Table
        Set-Fault @{ expiredAccessKeys = @('local') }
        $caught = Invoke-Caught { New-Rows 5 | Write-DdbBatch $table @connection }
        Assert-Ended $caught 'CredentialsInvalid' 'AuthenticationError'
        $caught.Ended.Exception.Message | Should -Match 'expired'
    }

    It 'says that the keys are not known' {
        $table = New-Table
        Set-Fault @{ unknownAccessKeys = @('local') }
        $caught = Invoke-Caught { New-Rows 5 | Write-DdbBatch $table @connection }
        Assert-Ended $caught 'CredentialsInvalid' 'AuthenticationError'
        $caught.Ended.Exception.Message | Should -Match '-SecretKey'
    }

    It 'goes on where only the clock differs' {
        $table = New-Table
        Set-Fault @{ serverTimeOffset = 1200 }
        (New-Rows 60 | Write-DdbBatch $table -EndpointUrl "$url/" -AccessKey skewed -SecretKey local -Region us-east-1).Succeeded | Should -Be 60
    }
}

Describe 'Endpoints' {
    It 'says soon that a closed port cannot be reached' {
        $deaf = New-DeafSocket
        $closed = "http://127.0.0.1:$($deaf.LocalEndPoint.Port)"
        try { $caught = Invoke-Caught { New-Rows 5 | Write-DdbBatch T -EndpointUrl $closed -AccessKey a -SecretKey b -Region us-east-1 } }
        finally { $deaf.Dispose() }
        Assert-Ended $caught 'EndpointUnreachable' 'ConnectionError'
        $caught.Elapsed.TotalSeconds | Should -BeLessThan 30
        $caught.Ended.Exception.Message | Should -Match ([regex]::Escape($closed))
        $caught.Ended.Exception.Message | Should -Match '-EndpointUrl'
    }

    It 'says that TLS failed where https is spoken to an http port, within 30 s' {
        $tls = $url -replace '^http:', 'https:'
        $caught = Invoke-Caught { New-Rows 5 | Write-DdbBatch T -EndpointUrl $tls -AccessKey a -SecretKey b -Region us-east-1 }
        Assert-Ended $caught 'EndpointUnreachable' 'ConnectionError'
        $caught.Ended.Exception.Message | Should -Match 'plain http'
    }

    It 'says at once that a certificate is not trusted' {
        $rsa = [Security.Cryptography.RSA]::Create(2048)
        $request = [Security.Cryptography.X509Certificates.CertificateRequest]::new('CN=localhost', $rsa, 'SHA256', [Security.Cryptography.RSASignaturePadding]::Pkcs1)
        $own = $request.CreateSelfSigned([DateTimeOffset]::UtcNow.AddDays(-1), [DateTimeOffset]::UtcNow.AddDays(1))
        $certificate = [Security.Cryptography.X509Certificates.X509Certificate2]::new($own.Export('Pfx', 'x'), 'x')
        $answer = { param($Stream, $Certificate) [Net.Security.SslStream]::new($Stream).AuthenticateAsServer($Certificate) }
        $address, $caught = Invoke-AtServer $answer $certificate https
        Assert-Ended $caught 'EndpointUnreachable' 'ConnectionError'
        # Self-signed for a name, asked by address: either is named.
        $caught.Ended.Exception.Message | Should -Match ([regex]::Escape($address))
        $caught.Ended.Exception.Message | Should -Match 'certificate is (self-signed|for another host name)'
        # Asked again, it would take 25 s.
        $caught.Elapsed.TotalSeconds | Should -BeLessThan 20
    }

    It 'says at once that a bare refusal is not DynamoDB''s, and does not blame the table' {
        $answer = {
            param($Stream, $Said)
            $null = $Stream.Read([byte[]]::new(65536), 0, 65536)
            $Stream.Write($Said, 0, $Said.Length)
            $Stream.Socket.Shutdown('Send')
            while ($Stream.Read([byte[]]::new(65536), 0, 65536)) { }
        }
        $said = [Text.Encoding]::ASCII.GetBytes("HTTP/1.1 400 Bad Request`r`nContent-Length: 0`r`nConnection: close`r`n`r`n")
        $null, $caught = Invoke-AtServer $answer $said http
        Assert-Ended $caught 'EndpointUnreachable' 'ConnectionError'
        $caught.Ended.Exception.Message | Should -Match 'not DynamoDB.*HTTP 400\.'
    }

    It 'refuses keys that were copied wrongly, before anything is sent: <Name>' -ForEach @(
        @{ Name = 'access key'; With = @{ AccessKey = "a`n"; SecretKey = 'b' } }
        @{ Name = 'secret key'; With = @{ Credential = @{ AccessKeyId = 'a'; SecretAccessKey = ' b' } } }
        @{ Name = 'session token'; With = @{ AccessKey = 'a'; SecretKey = 'b'; SessionToken = "c`r`n" } }
    ) {
        Reset-LocalAws
        $caught = Invoke-Caught { New-Rows 5 | Write-DdbBatch T -EndpointUrl $url -Region us-east-1 @With }
        Assert-Ended $caught 'CredentialsInvalid' 'AuthenticationError'
        $caught.Ended.Exception.Message | Should -Match "^The $Name of .* has a space, a line break"
        @((Invoke-Control stats -Method Get).accessKeys.psobject.Properties) | Should -HaveCount 0
    }

    It 'says that an endpoint is no URL: <_>' -ForEach 'local host', 'localhost:8000', 'ftp://localhost', 'http://' {
        $caught = Invoke-Caught { New-Rows 5 | Write-DdbBatch T -EndpointUrl $_ -AccessKey a -SecretKey b -Region us-east-1 }
        Assert-Ended $caught 'EndpointUnreachable' 'ConnectionError'
        $caught.Ended.Exception.Message | Should -Match ([regex]::Escape("'$_'"))
        $caught.Ended.Exception.Message | Should -Match 'http://'
    }

    It 'says that a region is none, before anything is sent: <_>' -ForEach 'europe', 'us-east-1 ', 'EU-WEST-1' {
        $caught = Invoke-Caught { New-Rows 5 | Write-DdbBatch T -Region $_ -AccessKey a -SecretKey b }
        Assert-Ended $caught 'EndpointUnreachable' 'ConnectionError'
        $caught.Ended.Exception.Message | Should -Match "^'$_', from -Region, is not the name"
    }

    It 'says that a region which the SDK does not know has no host, once, and names the nearest' {
        $caught = Invoke-Caught { New-Rows 5 | Write-DdbBatch T -Region eu-west-99 -AccessKey a -SecretKey b }
        Assert-Ended $caught 'EndpointUnreachable' 'ConnectionError'
        $caught.Ended.Exception.Message | Should -Match "Did you mean 'eu-west-1'"
    }

    It 'takes any plain name for a region of a server of one''s own' {
        (@{ id = 'a' } | Write-DdbBatch (New-Table) -EndpointUrl $url -AccessKey a -SecretKey b -Region local).Succeeded | Should -Be 1
    }

    It 'says of a server that is no DynamoDB what it answered, within 30 s' {
        $caught = Invoke-Caught { New-Rows 5 | Write-DdbBatch T -EndpointUrl "$url/__localaws/nothing" -AccessKey a -SecretKey b -Region us-east-1 }
        $caught.Ended | Should -Not -BeNullOrEmpty
        $caught.Elapsed.TotalSeconds | Should -BeLessThan 30
    }

    It 'needs no region for an endpoint' {
        $table = New-Table
        foreach ($name in 'AWS_REGION', 'AWS_DEFAULT_REGION', 'AWS_PROFILE') { [Environment]::SetEnvironmentVariable($name, $null) }
        (@{ id = 'a' } | Write-DdbBatch $table -EndpointUrl $url -AccessKey a -SecretKey b).Succeeded | Should -Be 1
    }
}

Describe 'Where credentials and region come from' {
    BeforeEach {
        foreach ($variable in $variables) { [Environment]::SetEnvironmentVariable($variable, $null) }
        # Nobody's own files, and no instance metadata.
        Set-SharedFile $TestDrive
        $env:AWS_EC2_METADATA_DISABLED = 'true'
    }
    AfterEach {
        foreach ($variable in $variables) { [Environment]::SetEnvironmentVariable($variable, $kept[$variable]) }
        Reset-LocalAws
    }

    It 'says where to get credentials where there are none' {
        $caught = Invoke-Caught { New-Rows 5 | Write-DdbBatch T -EndpointUrl $url -Region us-east-1 }
        Assert-Ended $caught 'CredentialsInvalid' 'AuthenticationError'
        $caught.Ended.Exception.Message | Should -Match '-ProfileName'
        $caught.Elapsed.TotalSeconds | Should -BeLessThan 15
    }

    It 'says where to get a region where there is none' {
        $caught = Invoke-Caught { New-Rows 5 | Write-DdbBatch T -AccessKey a -SecretKey b }
        $caught.Ended | Should -Not -BeNullOrEmpty
        $caught.Ended.FullyQualifiedErrorId | Should -Match '^EndpointUnreachable'
        $caught.Ended.Exception.Message | Should -Match '-Region'
        $caught.Elapsed.TotalSeconds | Should -BeLessThan 15
    }

    It 'takes the environment' {
        $table = New-Table
        $env:AWS_ACCESS_KEY_ID = 'fromenv'; $env:AWS_SECRET_ACCESS_KEY = 'x'; $env:AWS_REGION = 'us-east-1'
        (@{ id = 'a' } | Write-DdbBatch $table -EndpointUrl $url).Succeeded | Should -Be 1
        Set-Fault @{ unknownAccessKeys = @('fromenv') }
        (Invoke-Caught { @{ id = 'a' } | Write-DdbBatch $table -EndpointUrl $url }).Ended.FullyQualifiedErrorId | Should -Match '^CredentialsInvalid'
    }

    It 'takes -ProfileName over the environment, with -ProfileLocation' {
        $table = New-Table
        $file = Join-Path $TestDrive 'mine'
        Set-Content $file "[ops]`naws_access_key_id = fromprofile`naws_secret_access_key = y`nregion = eu-west-1"
        $env:AWS_ACCESS_KEY_ID = 'fromenv'; $env:AWS_SECRET_ACCESS_KEY = 'x'
        Set-Fault @{ unknownAccessKeys = @('fromenv') }
        $caught = Invoke-Caught { @{ id = 'a' } | Write-DdbBatch $table -EndpointUrl $url -ProfileName ops -ProfileLocation $file -Verbose }
        $caught.Output.Succeeded | Should -Be 1
        $caught.Verbose -match "profile 'ops'" | Should -Not -BeNullOrEmpty
    }

    It 'takes -AccessKey over everything' {
        $table = New-Table
        $env:AWS_ACCESS_KEY_ID = 'fromenv'; $env:AWS_SECRET_ACCESS_KEY = 'x'; $env:AWS_PROFILE = 'nobody'
        Set-Fault @{ unknownAccessKeys = @('fromenv') }
        (@{ id = 'a' } | Write-DdbBatch $table -EndpointUrl $url -AccessKey a -SecretKey b).Succeeded | Should -Be 1
    }

    It 'names the profiles there are where there is none of that name' {
        Set-Content $env:AWS_SHARED_CREDENTIALS_FILE "[ops]`naws_access_key_id = a`naws_secret_access_key = b"
        $caught = Invoke-Caught { @{ id = 'a' } | Write-DdbBatch T -EndpointUrl $url -ProfileName nobody }
        Assert-Ended $caught 'CredentialsInvalid' 'AuthenticationError'
        $caught.Ended.Exception.Message | Should -Match "'nobody'"
    }

    It 'takes no profile of other shared files than the environment names: <Case>' -ForEach @(
        @{ Case = 'named later'; Change = { $env:AWS_SHARED_CREDENTIALS_FILE = New-Item (Join-Path $TestDrive 'later') -Force }; Message = 'AWS_SHARED_CREDENTIALS_FILE names .*later.*start a new PowerShell' }
        @{ Case = 'not there'; Change = { $env:AWS_SHARED_CREDENTIALS_FILE = Join-Path $TestDrive 'nowhere' }; Message = 'nowhere.*is not there' }
        @{ Case = 'no longer named'; Change = { $env:AWS_CONFIG_FILE = $null }; Message = 'AWS_CONFIG_FILE is no longer set' }
    ) {
        $table = New-Table
        Set-Content $env:AWS_SHARED_CREDENTIALS_FILE "[ops]`naws_access_key_id = a`naws_secret_access_key = b"
        Copy-Item $env:AWS_SHARED_CREDENTIALS_FILE (Join-Path $TestDrive 'mine')
        (@{ id = 'a' } | Write-DdbBatch $table -EndpointUrl $url -ProfileName ops).Succeeded | Should -Be 1
        . $Change
        $caught = Invoke-Caught { @{ id = 'b' } | Write-DdbBatch $table -EndpointUrl $url -ProfileName ops }
        Assert-Ended $caught 'CredentialsInvalid' 'AuthenticationError'
        $caught.Ended.Exception.Message | Should -Match $Message
        Get-StoredCount $table | Should -Be 1
        (@{ id = 'b' } | Write-DdbBatch $table -EndpointUrl $url -ProfileName ops -ProfileLocation (Join-Path $TestDrive 'mine')).Succeeded | Should -Be 1
    }

    It 'names them also where one of them is not complete, and takes the others' {
        $file = Join-Path $TestDrive 'incomplete'
        Set-Content $file "[ops]`naws_access_key_id = a`naws_secret_access_key = b`n[broken]`nsso_session = missing`nsso_account_id = 1`nsso_role_name = r"
        $at = @{ EndpointUrl = $url; Region = 'us-east-1'; ProfileLocation = $file }
        $caught = Invoke-Caught { @{ id = 'a' } | Write-DdbBatch T @at -ProfileName nobody }
        Assert-Ended $caught 'CredentialsInvalid' 'AuthenticationError'
        $caught.Ended.Exception.Message | Should -Match 'There are: ops, broken\.'
        (@{ id = 'a' } | Write-DdbBatch (New-Table) @at -ProfileName ops).Succeeded | Should -Be 1
        $typed = "Write-DdbBatch -ProfileLocation '$file' -ProfileName "
        (TabExpansion2 $typed $typed.Length).CompletionMatches.CompletionText | Should -Be 'broken', 'ops'
    }

    It 'quotes nothing of what a credential process answers' {
        $file = Join-Path $TestDrive 'process'
        Set-Content $file "[ops]`ncredential_process = echo null not-to-be-told"
        $caught = Invoke-Caught { @{ id = 'a' } | Write-DdbBatch T -EndpointUrl $url -Region us-east-1 -ProfileLocation $file -ProfileName ops }
        Assert-Ended $caught 'CredentialsInvalid' 'AuthenticationError'
        $caught.Ended.Exception.Message | Should -Match "'ops'.*JSON"
        "$($caught.Ended.Exception)$($caught.Ended | Format-List * -Force | Out-String)" | Should -Not -Match 'to-be-told'
    }

    It 'says what renews an expired session: <Name>' -ForEach @(
        @{ Name = 'keys'; With = @{ AccessKey = 'a'; SecretKey = 'b'; SessionToken = 'c' }; Said = '-SessionToken' }
        @{ Name = 'an object'; With = @{ Credential = @{ AccessKeyId = 'a'; SecretAccessKey = 'b'; SessionToken = 'c' } }; Said = 'Use-STSRole' }
        @{ Name = 'the environment'; With = @{}; Said = 'Set AWS_ACCESS_KEY_ID' }
    ) {
        $table = New-Table
        $env:AWS_ACCESS_KEY_ID = 'e'; $env:AWS_SECRET_ACCESS_KEY = 'x'
        Set-Fault @{ expiredAccessKeys = @('*') }
        $caught = Invoke-Caught { @{ id = 'a' } | Write-DdbBatch $table -EndpointUrl $url -Region us-east-1 @With }
        Assert-Ended $caught 'CredentialsInvalid' 'AuthenticationError'
        $caught.Ended.Exception.Message | Should -Match ([regex]::Escape($Said))
    }

    It 'takes -ProfileLocation for what is meant, also where the environment has keys' {
        $table = New-Table
        $file = Join-Path $TestDrive 'located'
        Set-Content $file "[default]`naws_access_key_id = fromfile`naws_secret_access_key = y"
        $env:AWS_ACCESS_KEY_ID = 'fromenv'; $env:AWS_SECRET_ACCESS_KEY = 'x'
        Set-Fault @{ unknownAccessKeys = @('fromenv') }
        (@{ id = 'a' } | Write-DdbBatch $table -EndpointUrl $url -ProfileLocation $file).Succeeded | Should -Be 1
    }

    It 'takes the region of the profile that -ProfileLocation means, not of the usual files' {
        $table = New-Table
        $file = Join-Path $TestDrive 'located'
        Set-Content $file "[default]`naws_access_key_id = fromfile`naws_secret_access_key = y`nregion = eu-west-3"
        $env:AWS_REGION = 'us-west-2'
        Reset-LocalAws
        $null = @{ id = 'a' } | Write-DdbBatch $table -EndpointUrl $url -ProfileLocation $file
        @((Invoke-Control stats -Method Get).regions.psobject.Properties.Name) | Should -Be 'eu-west-3'
    }

    It 'takes nothing else where what is meant is empty: <Name>' -ForEach @(
        @{ Name = '-Region'; With = @{ Region = '' } }, @{ Name = '-ProfileName'; With = @{ ProfileName = '' } }
        @{ Name = '-ProfileLocation'; With = @{ ProfileLocation = '' } }, @{ Name = '-Credential'; With = @{ Credential = $null } }
        @{ Name = 'AWS_SECRET_ACCESS_KEY'; With = @{}; Secret = '' }
    ) {
        $table = New-Table
        Set-Content $env:AWS_SHARED_CREDENTIALS_FILE "[default]`naws_access_key_id = fromprofile`naws_secret_access_key = b"
        $env:AWS_ACCESS_KEY_ID = 'fromenv'; $env:AWS_SECRET_ACCESS_KEY = if ($Name -notlike 'AWS*') { 'x' }
        $env:AWS_REGION = 'us-east-1'
        Reset-LocalAws
        $caught = Invoke-Caught { @{ id = 'a' } | Write-DdbBatch $table -EndpointUrl $url @With }
        $caught.Ended.Exception.Message | Should -Match ([regex]::Escape($Name))
        @((Invoke-Control stats -Method Get).accessKeys.psobject.Properties) | Should -HaveCount 0
    }

    It 'keeps to the account that it began with where the environment changes in mid-run' {
        $table = New-Table
        $env:AWS_ACCESS_KEY_ID = 'first'; $env:AWS_SECRET_ACCESS_KEY = 'x'
        Reset-LocalAws
        $summary = New-Rows 300 | ForEach-Object { if ($_.v -eq 150) { $env:AWS_ACCESS_KEY_ID = 'second' }; $_ } | Write-DdbBatch $table -EndpointUrl $url -Region us-east-1
        $summary.Succeeded | Should -Be 300
        @((Invoke-Control stats -Method Get).accessKeys.psobject.Properties.Name) | Should -Be 'first'
    }

    It 'meets a region that changes in the environment' {
        $table = New-Table
        foreach ($region in 'eu-west-1', 'eu-west-2') {
            $env:AWS_REGION = $region
            Reset-LocalAws
            $caught = Invoke-Caught { @{ id = 'a' } | Write-DdbBatch $table -EndpointUrl $url -AccessKey a -SecretKey b -Verbose }
            $caught.Verbose -match "Region $region, from AWS_REGION" | Should -Not -BeNullOrEmpty
            @((Invoke-Control stats -Method Get).regions.psobject.Properties.Name) | Should -Be $region
        }
    }

    It 'says that a region from <Name> is none' -ForEach @{ Name = 'AWS_REGION' }, @{ Name = '$StoredAWSRegion' } {
        if ($Name -eq 'AWS_REGION') { $env:AWS_REGION = 'mars' } else { $StoredAWSRegion = 'mars' }
        $caught = Invoke-Caught { @{ id = 'a' } | Write-DdbBatch T -AccessKey a -SecretKey b }
        Assert-Ended $caught 'EndpointUnreachable' 'ConnectionError'
        $caught.Ended.Exception.Message | Should -Match ([regex]::Escape($Name))
    }

    It 'leaves a default -Credential out where it is given as $null' {
        $table = New-Table
        $env:AWS_ACCESS_KEY_ID = 'fromenv'; $env:AWS_SECRET_ACCESS_KEY = 'x'
        $PSDefaultParameterValues = @{ '*:Credential' = [pscredential]::new('user', (ConvertTo-SecureString 'pass' -AsPlainText -Force)) }
        (@{ id = 'a' } | Write-DdbBatch $table -EndpointUrl $url -Credential $null).Succeeded | Should -Be 1
        (Invoke-Caught { @{ id = 'a' } | Write-DdbBatch $table -EndpointUrl $url }).Ended.Exception.Message | Should -Match 'PSCredential'
    }

    It 'says that -AccessKey and -SecretKey go together' {
        $caught = Invoke-Caught { @{ id = 'a' } | Write-DdbBatch T -EndpointUrl $url -AccessKey a }
        Assert-Ended $caught 'CredentialsInvalid' 'AuthenticationError'
        $caught.Ended.Exception.Message | Should -Match '-SecretKey'
    }

    It 'says what a PSCredential is not' {
        $credential = [pscredential]::new('user', (ConvertTo-SecureString 'pass' -AsPlainText -Force))
        $caught = Invoke-Caught { @{ id = 'a' } | Write-DdbBatch T -EndpointUrl $url -Credential $credential }
        Assert-Ended $caught 'CredentialsInvalid' 'AuthenticationError'
        $caught.Ended.Exception.Message | Should -Match 'PSCredential'
        $caught.Ended.Exception.Message | Should -Match 'Get-AWSCredential'
    }

    It 'takes a credentials object by its shape: <Name>' -ForEach @(
        @{ Name = 'keys'; Object = { [pscustomobject]@{ AccessKey = 'shape'; SecretKey = 'b'; Token = 'c' } } }
        @{ Name = 'an answer of STS'; Object = { [pscustomobject]@{ Credentials = [pscustomobject]@{ AccessKeyId = 'shape'; SecretAccessKey = 'b'; SessionToken = 'c' } } } }
    ) {
        $table = New-Table
        $credential = & $Object
        (@{ id = 'a' } | Write-DdbBatch $table -EndpointUrl $url -Region us-east-1 -Credential $credential).Succeeded | Should -Be 1
        Set-Fault @{ unknownAccessKeys = @('shape') }
        (Invoke-Caught { @{ id = 'a' } | Write-DdbBatch $table -EndpointUrl $url -Region us-east-1 -Credential $credential }).Ended.FullyQualifiedErrorId |
            Should -Match '^CredentialsInvalid'
    }

    It 'says what an object lacks that holds no keys' {
        $caught = Invoke-Caught { @{ id = 'a' } | Write-DdbBatch T -EndpointUrl $url -Credential 'text' }
        Assert-Ended $caught 'CredentialsInvalid' 'AuthenticationError'
        $caught.Ended.Exception.Message | Should -Match '-Credential'
    }
}

# In a PowerShell of its own: the SDK finds the shared files once in a process.
Describe 'Profiles' {
    BeforeAll {
        Import-Module "$PSScriptRoot/AwsTools.TestHelpers.psm1"
        $script = {
            param($url, $table)
            $aws = Join-Path ([Environment]::GetFolderPath('UserProfile')) '.aws'
            $cache = New-Item (Join-Path $aws 'sso/cache') -ItemType Directory
            $start = 'https://example.awsapps.com/start'
            $login = "sso_account_id = 123456789012`nsso_role_name = Admin"
            Set-Content "$aws/credentials" "[ops]`naws_access_key_id = OPS`naws_secret_access_key = b", "[temporary]`naws_access_key_id = a`naws_secret_access_key = b`naws_session_token = c"
            Set-Content "$aws/config" @(
                "[profile old]`nsso_start_url = $start`nsso_region = us-east-1`n$login"
                "[profile new]`nsso_session = s`n$login", "[sso-session s]`nsso_start_url = $start`nsso_region = us-east-1"
                "[profile role]`nrole_arn = arn:aws:iam::123456789012:role/r`nsource_profile = new"
                "[profile process]`ncredential_process = /bin/false"
                "[profile empty]`nregion = eu-west-1")
            foreach ($name in $start, 's') {
                $hash = [Convert]::ToHexString([Security.Cryptography.SHA1]::HashData([Text.Encoding]::UTF8.GetBytes($name))).ToLowerInvariant()
                @{ startUrl = $start; region = 'us-east-1'; accessToken = 'secret-token'; expiresAt = '2020-01-01T00:00:00Z' } | ConvertTo-Json | Set-Content (Join-Path $cache "$hash.json")
            }
            $to = @{ TableName = $table; EndpointUrl = $url }
            $seen = [ordered]@{}
            foreach ($name in 'ops', 'old', 'new', 'role', 'process', 'empty', 'nobody') { $seen.$name = Get-Seen { @{ id = 'a' } | Write-DdbBatch @to -ProfileName $name } }
            $env:AWS_PROFILE = 'nobody'
            $seen.FromEnvironment = Get-Seen { @{ id = 'a' } | Write-DdbBatch @to }
            $env:AWS_PROFILE = 'new'
            $seen.LoginFromEnvironment = Get-Seen { @{ id = 'a' } | Write-DdbBatch @to }
            $env:AWS_PROFILE = $null
            # Another account's, of the machine.
            $role = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
            $role.Start()
            $env:AWS_CONTAINER_CREDENTIALS_FULL_URI = "http://127.0.0.1:$($role.LocalEndpoint.Port)/"
            Add-Content "$aws/config" "[profile broken]`nrole_arn = arn:aws:iam::123456789012:role/r`nsource_profile = nowhere"
            $env:AWS_PROFILE = 'broken'
            $seen.Broken = Get-Seen { @{ id = 'a' } | Write-DdbBatch @to -Region us-east-1 }
            $seen.RoleAsked = $role.Pending()
            $role.Stop()
            $env:AWS_PROFILE = $env:AWS_CONTAINER_CREDENTIALS_FULL_URI = $null
            foreach ($key in 'BEFORE', 'AFTER') {
                Add-Content "$aws/credentials" "[default]`naws_access_key_id = $key`naws_secret_access_key = b"
                if ($key -eq 'AFTER') { (Get-Content "$aws/credentials" -Raw) -replace 'BEFORE', 'AFTER' | Set-Content "$aws/credentials" }
                $seen.$key = Get-Seen { @{ id = 'a' } | Write-DdbBatch @to -Region us-east-1 }
            }
            Add-Content "$aws/config" "[default]`nregion = us-east-1`nendpoint_url = http://127.0.0.1:1", "[profile ops]`nregion = us-east-1`nendpoint_url = $url"
            $seen.Endpoint = Get-Seen { @{ id = 'a' } | Write-DdbBatch $table -ProfileName ops }
            $seen.Expired = Get-Seen { $null = Invoke-RestMethod "$url/__localaws/faults" -Method Post -Body '{"expiredAccessKeys":["*"]}'; @{ id = 'a' } | Write-DdbBatch @to -ProfileName temporary }
            [pscustomobject] $seen
        }
        $seen = Invoke-InShell $script $url (New-Table)
    }
    AfterAll { Reset-LocalAws }

    It 'give their keys' { $seen.ops.Keys | Should -Be 'OPS' }

    It 'are listed where one does not exist, which <Named> names' -ForEach @{ Name = 'nobody'; Named = '-ProfileName' }, @{ Name = 'FromEnvironment'; Named = 'AWS_PROFILE' } {
        $seen.$Name.ErrorId | Should -Be 'CredentialsInvalid'
        $seen.$Name.Error | Should -Match "'nobody', which $Named names.*There are: .*ops.*new"
        $seen.$Name.Keys | Should -BeNullOrEmpty
    }

    It 'without credentials in them say so' { $seen.empty.Error | Should -Match "^Profile 'empty' has no complete credentials" }

    It 'whose login is over name the commands that log in, and no secret: <Name>' -ForEach @(
        @{ Name = 'old'; By = 'old' }, @{ Name = 'new'; By = 'new' }, @{ Name = 'role'; By = 'new' }, @{ Name = 'LoginFromEnvironment'; By = 'new' }
    ) {
        $seen.$Name.ErrorId | Should -Be 'CredentialsInvalid'
        $seen.$Name.Error | Should -Match "expired.*'aws sso login --profile $By' or Invoke-AWSSSOLogin -ProfileName $By\.$"
        $seen.$Name.Error | Should -Not -Match 'secret-token'
    }

    It 'whose process gives nothing are not taken for a lost connection' -Skip:$IsWindows {
        $seen.process.ErrorId | Should -Be 'CredentialsInvalid'
        $seen.process.Error | Should -Match "credential_process of profile 'process'"
    }

    It 'that cannot be used are not passed over for the role of the machine' {
        $seen.Broken.ErrorId | Should -Be 'CredentialsInvalid'
        $seen.Broken.Error | Should -Match "'broken'"
        $seen.RoleAsked | Should -BeFalse
    }

    It 'are read again when they were written anew' {
        $seen.BEFORE.Keys | Should -Be 'BEFORE'
        $seen.AFTER.Keys | Should -Be 'AFTER'
    }

    It 'have their own endpoint, not that of the default profile' {
        $seen.Endpoint.Error | Should -BeNullOrEmpty
        $seen.Endpoint.Keys | Should -Be 'OPS'
    }

    It 'whose session the service calls expired want new keys' { $seen.Expired.Error | Should -Match "expired.*Put new keys in profile 'temporary'" }
}

# Also by itself: whether instance metadata may be asked is found out once in a process.
Describe 'Instance metadata' {
    BeforeAll {
        Import-Module "$PSScriptRoot/AwsTools.TestHelpers.psm1"
        $script = {
            param($url, $table)
            $env:AWS_EC2_METADATA_DISABLED = $null
            # Takes connections and never answers, as where packets to it are dropped.
            $listener = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
            $listener.Start()
            $env:AWS_EC2_METADATA_SERVICE_ENDPOINT = "http://127.0.0.1:$($listener.LocalEndpoint.Port)"
            $given = Get-Seen { @{ id = 'a' } | Write-DdbBatch $table -EndpointUrl $url -AccessKey a -SecretKey b; Read-DdbTable $table -EndpointUrl $url -AccessKey a -SecretKey b }
            $probed = $listener.Pending()
            $shell = [powershell]::Create()
            $running = $shell.AddScript("Import-Module '$ModulePath'; @{ id = 'a' } | Write-DdbBatch $table -EndpointUrl $url -Region us-east-1").BeginInvoke()
            while (-not $listener.Pending() -and -not $running.IsCompleted) { Start-Sleep -Milliseconds 10 }
            $clock = [Diagnostics.Stopwatch]::StartNew()
            $shell.Stop()
            [pscustomobject]@{ Keys = $given.Keys; Error = $given.Error; Probed = $probed; State = "$($shell.InvocationStateInfo.State)"; Stopped = $clock.Elapsed.TotalSeconds }
        }
        $seen = Invoke-InShell $script $url (New-Table)
    }

    It 'is not asked where endpoint and keys are given' {
        $seen.Error | Should -BeNullOrEmpty
        $seen.Keys | Should -Be 'a'
        $seen.Probed | Should -BeFalse
    }

    It 'is asked where nothing else gives credentials, and Ctrl+C does not wait for it' {
        $seen.State | Should -Be 'Stopped'
        # Unanswered, the SDK gives up after 16 s.
        $seen.Stopped | Should -BeLessThan 15
    }
}
