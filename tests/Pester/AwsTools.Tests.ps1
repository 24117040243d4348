# Beside AWS Tools: its session is ours, its credentials objects are taken, and its absence is no error. The stand-in is always
# there; where the real AWS.Tools.Common is installed, it is asked the same.
BeforeDiscovery {
    Import-Module "$PSScriptRoot/AwsTools.TestHelpers.psm1"
    $tools = @(Get-AwsTools)
}

BeforeAll {
    Set-StrictMode -Version Latest
    Import-Module "$PSScriptRoot/DynamoBatch.TestHelpers.psm1"
    Import-Module "$PSScriptRoot/AwsTools.TestHelpers.psm1"
    $url = Start-LocalAws
    $table = New-Table
    $profiles = Join-Path $TestDrive 'credentials'
    Set-Content $profiles "[ops]`naws_access_key_id = PROFILE`naws_secret_access_key = y`nregion = eu-west-3"
}

AfterAll { Stop-LocalAws }

Describe 'The session of <Name>' -ForEach $tools {
    BeforeAll {
        $script = {
            param($url, $table, $tools, $profiles)
            Import-Module $tools
            $o = @{ id = 'a' }
            $to = @{ TableName = $table; EndpointUrl = $url }
            Set-AWSCredential -AccessKey SESSION -SecretKey x
            Set-DefaultAWSRegion eu-west-2
            $seen = [ordered]@{}
            $seen.Global = Get-Seen { $o | Write-DdbBatch @to }
            $seen.Verbose = "$($o | Write-DdbBatch @to -Verbose 4>&1)"
            function Set-InFunction { Set-AWSCredential -AccessKey FUNCTION -SecretKey x; Set-DefaultAWSRegion us-west-2; $o | Write-DdbBatch @to }
            $seen.Function = Get-Seen { Set-InFunction }
            function Set-Private { Set-AWSCredential -AccessKey PRIVATE -SecretKey x -Scope Private; $o | Write-DdbBatch @to }
            $seen.Private = Get-Seen { Set-Private }
            $file = Join-Path (Split-Path $profiles) 'mine.ps1'
            Set-Content $file 'param($to, $o) Set-AWSCredential -AccessKey SCRIPT -SecretKey x; $o | Write-DdbBatch @to'
            $seen.Script = Get-Seen { & $file $to $o }
            $module = New-Module { function Write-FromModule($to, $o) { $o | Write-DdbBatch @to }; function Set-InModule { Set-AWSCredential -AccessKey MODULE -SecretKey x -Scope Script } }
            $seen.ModuleAsked = Get-Seen { Write-FromModule $to $o }
            Set-InModule
            $seen.ModuleSet = Get-Seen { Write-FromModule $to $o }
            $seen.BesideModule = Get-Seen { $o | Write-DdbBatch @to }
            $PSDefaultParameterValues['Get-AWS*:ProfileName'] = 'nobody'
            $seen.DefaultParameter = Get-Seen { $o | Write-DdbBatch @to }
            $PSDefaultParameterValues.Clear()

            $env:AWS_ACCESS_KEY_ID = 'ENVIRONMENT'; $env:AWS_SECRET_ACCESS_KEY = 'x'; $env:AWS_REGION = 'ap-south-1'
            $seen.OverEnvironment = Get-Seen { $o | Write-DdbBatch @to }
            $named = @{ ProfileName = 'ops'; ProfileLocation = $profiles }
            $seen.ProfileOver = Get-Seen { $o | Write-DdbBatch @to @named }
            $seen.LocationOver = Get-Seen { $env:AWS_PROFILE = 'ops'; $o | Write-DdbBatch @to -ProfileLocation $profiles }
            $env:AWS_PROFILE = $null
            $credential = Get-AWSCredential @named
            $seen.CredentialOver = Get-Seen { $o | Write-DdbBatch @to -Credential $credential }
            $seen.KeysOver = Get-Seen { $o | Write-DdbBatch @to -AccessKey KEYS -SecretKey x -Credential $credential @named -Region eu-north-1 }
            $seen.RegionObject = Get-Seen { $o | Write-DdbBatch @to -Region (Get-AWSRegion ca-central-1) }
            $holder = $StoredAWSCredentials
            Clear-AWSCredential
            Clear-DefaultAWSRegion
            $seen.Cleared = Get-Seen { $o | Write-DdbBatch @to }
            $seen.Holder = Get-Seen { $o | Write-DdbBatch @to -Credential $holder }
            Initialize-AWSDefaultConfiguration -AccessKey INITIALIZED -SecretKey x -Region us-east-2 -ProfileLocation $profiles
            $seen.Initialized = Get-Seen { $o | Write-DdbBatch @to }
            Set-AWSCredential @named
            $seen.FromProfile = "$($o | Write-DdbBatch @to -Verbose 4>&1)"
            Remove-Module (Get-Command Get-AWSCredential).Source
            $seen.Removed = Get-Seen { $o | Write-DdbBatch @to }
            $seen.Parallel = Get-Seen { $kept = $StoredAWSCredentials; 1..2 | ForEach-Object -Parallel { Import-Module $using:ModulePath; $StoredAWSCredentials = $using:kept; $with = $using:to; @{ id = "p$_" } | Write-DdbBatch @with } }
            [pscustomobject] $seen
        }
        $seen = Invoke-InShell $script $url $table $Path $profiles
    }

    It 'is used in the global scope' {
        $seen.Global.Keys | Should -Be 'SESSION'
        $seen.Global.Regions | Should -Be 'eu-west-2'
    }

    It 'is named by -Verbose, without a key' {
        $seen.Verbose | Should -Match 'credentials from the AWS Tools session \(\$StoredAWSCredentials'
        $seen.Verbose | Should -Match 'Region eu-west-2, from the AWS Tools session \(\$StoredAWSRegion\)'
        $seen.Verbose | Should -Not -MatchExactly 'SESSION'
        $seen.FromProfile | Should -Match '\$StoredAWSCredentials: ops'
    }

    It 'is that of a <_>, where it is set there' -ForEach 'Function', 'Private', 'Script' {
        $seen.$_.Keys | Should -Be $_.ToUpperInvariant()
    }

    It 'takes the region of a function' { $seen.Function.Regions | Should -Be 'us-west-2' }

    It 'is seen from a function of a module, which may have one of its own' {
        $seen.ModuleAsked.Keys | Should -Be 'SESSION'
        $seen.ModuleSet.Keys | Should -Be 'MODULE'
        $seen.BesideModule.Keys | Should -Be 'SESSION'
    }

    It 'is not changed by default parameter values of its own commands' { $seen.DefaultParameter.Keys | Should -Be 'SESSION' }

    It 'comes before the environment' {
        $seen.OverEnvironment.Keys | Should -Be 'SESSION'
        $seen.OverEnvironment.Regions | Should -Be 'eu-west-2'
    }

    It 'comes after -ProfileName, whose region it keeps out, as AWS Tools does' {
        $seen.ProfileOver.Keys | Should -Be 'PROFILE'
        $seen.ProfileOver.Regions | Should -Be 'eu-west-2'
    }

    It 'comes after -ProfileLocation, where no profile is named' { $seen.LocationOver.Keys | Should -Be 'PROFILE' }

    It 'comes after -Credential, and explicit keys come first of all' {
        $seen.CredentialOver.Keys | Should -Be 'PROFILE'
        $seen.KeysOver.Keys | Should -Be 'KEYS'
        $seen.KeysOver.Regions | Should -Be 'eu-north-1'
    }

    It 'leaves room for the environment once it is cleared' {
        $seen.Cleared.Keys | Should -Be 'ENVIRONMENT'
        $seen.Cleared.Regions | Should -Be 'ap-south-1'
    }

    It 'gives a region as an object too' { $seen.RegionObject.Regions | Should -Be 'ca-central-1' }

    It 'may be passed as -Credential as it is stored' { $seen.Holder.Keys | Should -Be 'SESSION' }

    It 'is what Initialize-AWSDefaultConfiguration set' {
        $seen.Initialized.Keys | Should -Be 'INITIALIZED'
        $seen.Initialized.Regions | Should -Be 'us-east-2'
    }

    It 'is read also when the module is removed, or was never in the runspace' {
        $seen.Removed.Keys | Should -Be 'PROFILE'
        $seen.Parallel.Keys | Should -Be 'PROFILE'
    }
}

Describe 'Credentials objects of another AWSSDK.Core' -ForEach @($tools | Where-Object StandIn) {
    BeforeAll {
        $script = {
            param($url, $table, $tools, $profiles)
            Import-Module $tools
            $o = @{ id = 'a' }
            $to = @{ TableName = $table; EndpointUrl = $url; Region = 'us-east-1' }
            function Copy-Through($Value) { [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($Value)) }
            $seen = [ordered]@{}
            $seen.Role = Get-Seen { $o | Write-DdbBatch @to -Credential (Use-STSRole -AccessKey ROLE) }
            $seen.RoleCredentials = Get-Seen { $o | Write-DdbBatch @to -Credential (Use-STSRole -AccessKey ROLE2).Credentials }
            $seen.Copied = Get-Seen { $o | Write-DdbBatch @to -Credential (Copy-Through (Use-STSRole -AccessKey COPIED).Credentials) }
            $seen.Keys = Get-Seen { $o | Write-DdbBatch @to -Credential (Use-STSRole -AccessKey GIVEN).Credentials.GetCredentials() }
            $seen.Table = Get-Seen { $o | Write-DdbBatch @to -Credential @{ Credentials = @{ AccessKeyId = 'TABLE'; SecretAccessKey = 'x' } } }
            $refreshing = New-RefreshingCredential REFRESH
            $seen.Refreshed = Get-Seen {
                $o | Write-DdbBatch @to -Credential $refreshing
                $refreshing.ClearCredentials()
                $o | Write-DdbBatch @to -Credential $refreshing
            }
            Set-AWSCredential -Credential (New-RefreshingCredential LANE)
            # Each asks for a refresh while many lanes wait: it needs a thread, which they must not hold.
            $seen.RefreshedInMidRun = Get-Seen { 1..2000 | ForEach-Object { if ($_ % 500 -eq 0) { (Get-AWSCredential).ClearCredentials() }; @{ id = "k$_" } } | Write-DdbBatch @to }
            Add-Type 'public class Flaky
            {
                private int _asked;
                public object GetCredentials() => System.Threading.Interlocked.Increment(ref _asked) is 3 or 4 or 5
                    ? throw new System.Exception("Error calling AssumeRole", new System.Net.Http.HttpRequestException("no such host"))
                    : new { AccessKey = "FLAKY", SecretKey = "x", Token = "t" };
            }'
            $seen.Flaky = Get-Seen { 1..500 | ForEach-Object { @{ id = "k$_" } } | Write-DdbBatch @to -Credential ([Flaky]::new()) }
            $seen.Lost = Get-Seen { $o | Write-DdbBatch @to -Credential (Copy-Through (Get-AWSCredential)) }
            $StoredAWSCredentials = Copy-Through $StoredAWSCredentials
            $env:AWS_ACCESS_KEY_ID = 'ENVIRONMENT'; $env:AWS_SECRET_ACCESS_KEY = 'x'
            $seen.Unreadable = Get-Seen { $o | Write-DdbBatch @to }
            $StoredAWSCredentials = 'ops'
            $seen.Text = Get-Seen { $o | Write-DdbBatch @to }
            Set-AWSCredential -AccessKey ITEM -SecretKey x
            $seen.PerItem = Get-Seen { 1..500 | ForEach-Object { @{ id = "i$_" } | Write-DdbBatch @to } }
            $object = New-RefreshingCredential ITEM
            $seen.PerItemWithObject = Get-Seen { 1..100 | ForEach-Object { @{ id = "i$_" } | Write-DdbBatch @to -Credential $object } }
            $seen.PerItemWithNewObjects = Get-Seen { 1..100 | ForEach-Object { @{ id = "i$_" } | Write-DdbBatch @to -Credential (Get-AWSCredential ops -ProfileLocation $profiles) } }
            [pscustomobject] $seen
        }
        $seen = Invoke-InShell $script $url $table $Path $profiles
    }

    It 'are taken from <Case>' -ForEach @(
        @{ Case = 'the answer of Use-STSRole'; Name = 'Role'; Key = 'ROLE' }
        @{ Case = 'the credentials in it'; Name = 'RoleCredentials'; Key = 'ROLE2' }
        @{ Case = 'a copy out of a job'; Name = 'Copied'; Key = 'COPIED' }
        @{ Case = 'what GetCredentials() gave'; Name = 'Keys'; Key = 'GIVEN' }
        @{ Case = 'a hash table of that shape'; Name = 'Table'; Key = 'TABLE' }
    ) {
        $seen.$Name.Error | Should -BeNullOrEmpty
        $seen.$Name.Keys | Should -Be $Key
    }

    It 'refresh here too' {
        $seen.Refreshed.Keys | Should -Be 'REFRESH0', 'REFRESH1'
        $seen.Refreshed.Connections | Should -BeLessOrEqual 3
    }

    It 'refresh in mid-run, and nothing is lost or waits' {
        $seen.RefreshedInMidRun.Error | Should -BeNullOrEmpty
        $seen.RefreshedInMidRun.Keys.Count | Should -BeGreaterThan 1
        @($seen.RefreshedInMidRun.Keys) -notmatch '^LANE\d' | Should -BeNullOrEmpty
        $seen.RefreshedInMidRun.Succeeded | Should -Be 2000
    }

    It 'that the network cannot refresh for a moment are asked again, and nothing is lost' {
        $seen.Flaky.Error | Should -BeNullOrEmpty
        $seen.Flaky.Succeeded | Should -Be 500
    }

    It 'that cannot be read end the command, and no others are taken: <_>' -ForEach 'Lost', 'Unreadable', 'Text' {
        $seen.$_.ErrorId | Should -Be 'CredentialsInvalid'
        $seen.$_.Keys | Should -BeNullOrEmpty
    }

    It 'that came out of a job say so' {
        $seen.Lost.Error | Should -Match '-Credential.*copy out of a job.*Get-AWSCredential'
        $seen.Unreadable.Error | Should -Match '\$StoredAWSCredentials.*copy out of a job.*Set-AWSCredential'
    }

    It 'connect once for <Count> commands and describe the table once: <Name>' -ForEach @(
        @{ Name = 'PerItem'; Count = 500 }, @{ Name = 'PerItemWithObject'; Count = 100 }, @{ Name = 'PerItemWithNewObjects'; Count = 100 }
    ) {
        $seen.$Name.Succeeded | Should -Be $Count
        # A description is kept for a minute.
        $seen.$Name.Operations.DescribeTable | Should -BeIn (1..(1 + [Math]::Floor($seen.$Name.Seconds / 60)))
        # One of the SDK's, for the table's description, and ours.
        $seen.$Name.Connections | Should -BeLessOrEqual 3
    }
}
