# Proves the conversion of PowerShell objects in a real PowerShell, since the reference library is a stub. Every object goes through
# the quick way (PowerShell 7's own member list), through plain enumeration, and through the quick way again, since enumerating
# leaves hidden members behind; all three must agree. The encoders are shared: they remember the row before, and each is unlike it.
BeforeDiscovery {
    $cases = @(
        @{ Name = 'csv row'; Object = { 'id,a', '1,x' | ConvertFrom-Csv }; Json = '{"id":{"S":"1"},"a":{"S":"x"}}' }
        @{ Name = 'row with one property more'; Object = { [pscustomobject]@{ id = '1'; a = 'x'; b = 'y' } }; Json = '{"id":{"S":"1"},"a":{"S":"x"},"b":{"S":"y"}}' }
        @{ Name = 'row with another order'; Object = { [pscustomobject]@{ a = 'x'; id = '1' } }; Json = '{"a":{"S":"x"},"id":{"S":"1"}}' }
        @{ Name = 'row with one property less'; Object = { [pscustomobject]@{ id = '1' } }; Json = '{"id":{"S":"1"}}' }
        @{ Name = 'names in another case'; Object = { [pscustomobject]@{ id = '1'; A = 'x' } }; Json = '{"id":{"S":"1"},"A":{"S":"x"}}' }
        @{ Name = 'key in another case'; Object = { [pscustomobject]@{ ID = '1' } }; Json = "KeyAttributeMissing at 'id'" }
        @{ Name = 'script property'; Object = { [pscustomobject]@{ id = '1' } | Add-Member -PassThru ScriptProperty n { 1 + 1 } }; Json = '{"id":{"S":"1"},"n":{"N":"2"}}' }
        @{ Name = 'alias property'; Object = { [pscustomobject]@{ id = '1' } | Add-Member -PassThru AliasProperty other id }; Json = '{"id":{"S":"1"},"other":{"S":"1"}}' }
        @{ Name = 'method'; Object = { [pscustomobject]@{ id = '1' } | Add-Member -PassThru ScriptMethod m { 1 } }; Json = '{"id":{"S":"1"}}' }
        @{ Name = 'bad script property'; Object = { [pscustomobject]@{ id = '1' } | Add-Member -PassThru ScriptProperty n { throw 'x' } }; Json = "ValueNotSupported at 'n'" }
        @{ Name = 'bad script property of a type'; Object = { [Broken]::new() }; Json = "ValueNotSupported at 'bad'" }
        @{ Name = 'selected'; Object = { [pscustomobject]@{ id = '1'; a = 2; b = 3 } | Select-Object id, @{ n = 'c'; e = { 7 } } }; Json = '{"id":{"S":"1"},"c":{"N":"7"}}' }
        @{ Name = 'class'; Object = { [Customer]::new() }; Json = '{"id":{"S":"1"},"age":{"N":"5"}}' }
        @{ Name = 'class with a note'; Object = { [Customer]::new() | Add-Member -PassThru note 'n' }; Json = '{"note":{"S":"n"},"id":{"S":"1"},"age":{"N":"5"}}' }
        @{ Name = 'hashtable'; Object = { @{ id = '1' } }; Json = '{"id":{"S":"1"}}' }
        @{ Name = 'ordered'; Object = { [ordered]@{ id = '1'; n = 1 } }; Json = '{"id":{"S":"1"},"n":{"N":"1"}}' }
        @{ Name = 'only a key'; Object = { 42 }; Json = "ValueNotSupported at ''" }
        @{ Name = 'list'; Object = { , @(1, 2) }; Json = "ValueNotSupported at ''" }
        @{ Name = 'script block'; Object = { { 1 } }; Json = "ValueNotSupported at ''" }
        @{ Name = 'json'; Object = { '{"id":"1","a":{"b":[1,2.50,{"c":null}]},"big":123456789012345678901}' | ConvertFrom-Json }
            Json = '{"id":{"S":"1"},"a":{"M":{"b":{"L":[{"N":"1"},{"N":"2.5"},{"M":{"c":{"NULL":true}}}]}}},"big":{"N":"123456789012345678901"}}' }
        # PowerShell itself serializes what is hidden.
        @{ Name = 'deserialized'; Object = { [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize([Customer]::new())) }
            Json = '{"id":{"S":"1"},"age":{"N":"5"},"secret":{"S":"x"}}' }
        @{ Name = 'wrapped at every depth'; Object = { [pscustomobject]@{ id = '1'; l = @((Write-Output 'a'), @((Write-Output 1))) } }
            Json = '{"id":{"S":"1"},"l":{"L":[{"S":"a"},{"L":[{"N":"1"}]}]}}' }
        @{ Name = 'wrapped string'; Object = { [pscustomobject]@{ id = '1'; s = ('a' | Add-Member -PassThru note 1) } }; Json = '{"id":{"S":"1"},"s":{"S":"a"}}' }
        @{ Name = 'wrapped bytes'; Object = { [pscustomobject]@{ id = '1'; b = [psobject] [byte[]] (1, 2) } }; Json = '{"id":{"S":"1"},"b":{"B":"AQI="}}' }
        @{ Name = 'set'; Object = { [pscustomobject]@{ id = '1'; s = [Collections.Generic.HashSet[string]] @('a', 'b') } }; Json = '{"id":{"S":"1"},"s":{"SS":["a","b"]}}' }
        @{ Name = 'nothing'; Object = { [pscustomobject]@{ id = '1'; n = [Management.Automation.Internal.AutomationNull]::Value } }; Json = '{"id":{"S":"1"},"n":{"NULL":true}}' }
        @{ Name = 'empty bag'; Object = { [pscustomobject]@{ id = '1'; n = [pscustomobject]@{} } }; Json = '{"id":{"S":"1"},"n":{"M":{}}}' }
        @{ Name = 'script block in a list'; Object = { [pscustomobject]@{ id = '1'; n = @(1, { 2 }) } }; Json = "ValueNotSupported at 'n[1]'" }
        @{ Name = 'credential'; Object = { [pscustomobject]@{ id = '1'; n = [pscredential]::Empty } }; Json = "ValueNotSupported at 'n'" }
        @{ Name = 'secret'; Object = { [pscustomobject]@{ id = '1'; n = [securestring]::new() } }; Json = "ValueNotSupported at 'n'" }
        @{ Name = 'type'; Object = { [pscustomobject]@{ id = '1'; n = [int] } }; Json = "ValueNotSupported at 'n'" }
        @{ Name = 'enum'; Object = { [pscustomobject]@{ id = '1'; n = [DayOfWeek]::Friday } }; Json = '{"id":{"S":"1"},"n":{"S":"Friday"}}' }
        @{ Name = 'cycle'; Object = { $cycle = [pscustomobject]@{ id = '1'; self = $null }; $cycle.self = $cycle; $cycle }; Json = "ValueNotSupported at 'self.self'" }
        @{ Name = 'data row'; Object = {
                $table = [Data.DataTable]::new(); [void] $table.Columns.Add('id'); [void] $table.Columns.Add('n', [int])
                , $table.Rows.Add('1', 5)
            }; Json = '{"id":{"S":"1"},"n":{"N":"5"}}' }
        @{ Name = 'changed after it was seen'; Object = { $cycle = [pscustomobject]@{ id = '1'; self = $null }; $cycle.self = $cycle; $cycle.psobject.Copy() }
            Json = "ValueNotSupported at 'self.self'" }
    )
}

BeforeAll {
    Set-StrictMode -Version Latest
    $ErrorActionPreference = 'Continue'
    Import-Module "$PSScriptRoot/DynamoBatch.TestHelpers.psm1"
    Import-Module (Get-ModulePath)

    class Customer { [string] $id = '1'; [int] $age = 5; hidden [string] $secret = 'x' }
    class Broken { [string] $id = '1' }
    Update-TypeData -TypeName Broken -MemberType ScriptProperty -MemberName bad -Value { throw 'broken' } -Force

    # The engine lives in a load context of its own, so its types are reached by the commands' assembly.
    $flags = [Reflection.BindingFlags] 'Instance, NonPublic, Public'
    $type = (Get-Command Write-DdbBatch).ImplementingType.Assembly.GetType('DynamoBatch.Conversion.ObjectEncoder', $true)
    $constructor = $type.GetConstructors($flags)[0]
    $encode = $type.GetMethod('Encode', $flags)
    $core = $constructor.GetParameters()[0].ParameterType.Assembly
    $keyAttribute = $core.GetType('DynamoBatch.Core.Tables.KeyAttribute', $true)
    $itemException = $core.GetType('DynamoBatch.Core.Items.ItemException', $true)
    $schema = $core.GetType('DynamoBatch.Core.Tables.TableSchema', $true)::new('T', $keyAttribute::new('id', 'S'), $null, [Array]::CreateInstance($keyAttribute, 0))

    function New-Encoder([bool] $Quick, [string[]] $Exclude, [string] $Route, [bool] $KeyOnly) {
        $routedBy = $null
        if ($Route) { $routedBy = $Route }
        $options = $core.GetType('DynamoBatch.Core.Items.EncodingOptions', $true)::new()
        $encoder = $constructor.Invoke(@($schema, $options, $Exclude, $routedBy, $KeyOnly, $false, $false))
        if (-not $Quick) { $type.GetField('_members', $flags).SetValue($encoder, $null) }
        , $encoder
    }

    # Its arguments go through .NET reflection: PSObject wrappers must arrive as they are.
    function Get-Json($Encoder, $InputObject) {
        try { [Text.Encoding]::UTF8.GetString($encode.Invoke($Encoder, [object[]] (, $InputObject)).Json.ToArray()) }
        catch {
            $fault = $_.Exception
            while ($fault.InnerException) { $fault = $fault.InnerException }
            if ($fault -isnot $itemException) { throw }
            "$($fault.Kind) at '$($fault.Path)'"
        }
    }

    function Assert-Json($Quick, $Plain, $InputObject, [string] $Json) {
        Get-Json $Quick $InputObject | Should -BeExactly $Json -Because 'of the quick way'
        Get-Json $Plain $InputObject | Should -BeExactly $Json -Because 'of plain enumeration'
        Get-Json $Quick $InputObject | Should -BeExactly $Json -Because 'of the quick way after enumeration'
    }

    $quick = New-Encoder $true
    $plain = New-Encoder $false
}

AfterAll { foreach ($name in 'Broken', 'Mine') { Remove-TypeData -TypeName $name -ErrorAction Ignore } }

Describe 'Conversion' {
    It 'has its quick way in PowerShell 7' {
        $type.GetField('_members', $flags).GetValue($quick) | Should -Not -BeNullOrEmpty
    }

    It 'of <Name>' -ForEach $cases {
        $value = & $Object
        Assert-Json $quick $plain $value $Json
    }

    It 'follows members that a type gains and loses between two rows' {
        $row = [pscustomobject]@{ id = '1' }
        Assert-Json $quick $plain $row '{"id":{"S":"1"}}'
        try {
            Update-TypeData -TypeName System.Management.Automation.PSCustomObject -MemberType NoteProperty -MemberName extra -Value 'e' -Force
            Assert-Json $quick $plain $row '{"id":{"S":"1"},"extra":{"S":"e"}}'
        }
        finally { Remove-TypeData -TypeName System.Management.Automation.PSCustomObject }
        Assert-Json $quick $plain $row '{"id":{"S":"1"}}'
        $row.psobject.TypeNames.Insert(0, 'Mine')
        Update-TypeData -TypeName Mine -MemberType ScriptProperty -MemberName more -Value { $this.id + '!' } -Force
        Assert-Json $quick $plain $row '{"id":{"S":"1"},"more":{"S":"1!"}}'
        $row | Add-Member late 'l'
        Assert-Json $quick $plain $row '{"id":{"S":"1"},"late":{"S":"l"},"more":{"S":"1!"}}'
    }

    It 'leaves out, and routes' {
        $one = New-Encoder $true @('PS*', 'b') 'Table'
        $two = New-Encoder $false @('PS*', 'b') 'Table'
        Assert-Json $one $two ([pscustomobject]@{ id = '1'; PSComputerName = 'x'; B = 1; table = 'T'; c = 2 }) '{"id":{"S":"1"},"c":{"N":"2"}}'
        Assert-Json $one $two ([ordered]@{ id = '1'; PSComputerName = 'x'; TABLE = 'T'; c = 2 }) '{"id":{"S":"1"},"c":{"N":"2"}}'
    }

    It 'takes the key only' {
        $one = New-Encoder $true @() '' $true
        $two = New-Encoder $false @() '' $true
        Assert-Json $one $two ('1' | Add-Member -PassThru PSPath 'x') '{"id":{"S":"1"}}'
        Assert-Json $one $two 42 '{"id":{"S":"42"}}'
        Assert-Json $one $two ([pscustomobject]@{ x = { 1 }; id = '1' }) '{"id":{"S":"1"}}'
    }

    It 'is the same both ways for 2,000 random rows, each unlike the one before' {
        Update-TypeData -TypeName Mine -MemberType ScriptProperty -MemberName more -Value { $this.id + '!' } -Force
        $one = New-Encoder $true
        $two = New-Encoder $false
        $seed = Get-Random -Maximum 1000000
        $random = [Random]::new($seed)
        $differ = foreach ($i in 1..2000) {
            $row = [pscustomobject]@{ id = "$i" }
            foreach ($name in 'a', 'B', 'c', 'D', 'e') { if ($random.Next(2)) { $row | Add-Member $name $random.Next(5) } }
            if ($random.Next(4) -eq 0) { $row.psobject.TypeNames.Insert(0, 'Mine') }
            $ways = (Get-Json $one $row), (Get-Json $two $row)
            if ($ways[0] -cne $ways[1] -or $ways[0] -notlike '{*') { "row ${i}: $ways" }
        }
        @($differ) | Select-Object -First 3 | Should -BeNullOrEmpty -Because "seed $seed"
    }
}
