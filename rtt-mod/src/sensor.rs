//! Sensors with a driver in the firmware: RT-Thread's sensor framework.
//!
//! A sensor without one is driven by the program itself, through [`i2c`](crate::i2c) or [`spi`](crate::spi) and a driver
//! crate.
#![forbid(unsafe_code)]

use crate::{
    Result,
    device::Mode,
    sys::{class::Sensor as Property, device::Device},
};

/// A sensor of the framework.
///
/// The framework calls its devices by what they measure: `temp_` and a name for a thermometer, `acce_` for an accelerometer.
///
/// ```no_run
/// use rtt_mod::{println, sensor::Sensor};
///
/// let mut thermometer = Sensor::open("temp_1")?;
/// let tenths = thermometer.read()?.value();
/// println!("{}.{} °C", tenths / 10, tenths % 10);
/// # Ok::<(), rtt_mod::Error>(())
/// ```
#[derive(Debug)]
pub struct Sensor(Device);

impl Sensor {
    /// Opens the sensor `name`, and switches it on.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`](crate::Error::NotFound) if there is no device of this name;
    /// [`Error::Unsupported`](crate::Error::Unsupported) if it is no sensor; what the driver reports.
    ///
    /// ```no_run
    /// let sensor = rtt_mod::sensor::Sensor::open("acce_1")?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn open(name: &str) -> Result<Self> {
        let device = Device::find(name)?;
        device.open(Mode::READ.bits())?;
        Ok(Sensor(device))
    }

    /// Returns what it measures now.
    ///
    /// # Errors
    ///
    /// [`Error::Io`](crate::Error::Io) if the sensor has no sample; [`Error::Unsupported`](crate::Error::Unsupported) if the
    /// device is no sensor.
    ///
    /// ```no_run
    /// # let mut sensor = rtt_mod::sensor::Sensor::open("acce_1")?;
    /// let [x, y, z] = sensor.read()?.values;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn read(&mut self) -> Result<Sample> {
        let sample = self.0.sample()?;
        Ok(Sample { time: sample.time, kind: Kind::of(sample.kind), values: sample.values })
    }

    /// Sets the largest value that it measures, in the unit of its samples: `RT_SENSOR_CTRL_SET_RANGE`.
    ///
    /// # Errors
    ///
    /// What the driver reports.
    ///
    /// ```no_run
    /// # let mut sensor = rtt_mod::sensor::Sensor::open("acce_1")?;
    /// sensor.set_range(2000)?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn set_range(&mut self, range: u32) -> Result<()> {
        self.0.set_sensor(Property::Range, range)
    }

    /// Sets how often it measures, in hertz: `RT_SENSOR_CTRL_SET_ODR`.
    ///
    /// # Errors
    ///
    /// What the driver reports.
    ///
    /// ```no_run
    /// # let mut sensor = rtt_mod::sensor::Sensor::open("acce_1")?;
    /// sensor.set_rate(100)?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn set_rate(&mut self, hertz: u16) -> Result<()> {
        self.0.set_sensor(Property::Rate, hertz.into())
    }

    /// Sets how much power it may take: `RT_SENSOR_CTRL_SET_POWER`.
    ///
    /// # Errors
    ///
    /// What the driver reports.
    ///
    /// ```no_run
    /// use rtt_mod::sensor::Power;
    ///
    /// # let mut sensor = rtt_mod::sensor::Sensor::open("acce_1")?;
    /// sensor.set_power(Power::Low)?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn set_power(&mut self, power: Power) -> Result<()> {
        self.0.set_sensor(Property::Power, power as u32)
    }
}

/// How much power a sensor may take.
///
/// ```no_run
/// # let mut sensor = rtt_mod::sensor::Sensor::open("acce_1")?;
/// sensor.set_power(rtt_mod::sensor::Power::High)?;
/// # Ok::<(), rtt_mod::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u32)]
pub enum Power {
    /// It is off.
    Down = 1,
    /// As usual.
    Normal = 2,
    /// Little.
    Low = 3,
    /// As much as it needs to be most precise.
    High = 4,
}

/// What a sensor has measured.
///
/// ```
/// use rtt_mod::sensor::{Kind, Sample};
///
/// let sample = Sample { time: 0, kind: Kind::Temperature, values: [235, 0, 0] };
/// assert_eq!(sample.value(), 235); // 23.5 °C
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Sample {
    /// When it was measured: seconds since 1970 if the kernel has a clock, or else its ticks.
    pub time: u32,
    /// What was measured.
    pub kind: Kind,
    /// The values of the axes x, y and z, or one value and zeros.
    pub values: [i32; 3],
}

impl Sample {
    /// Returns the first value, the only one of most kinds.
    ///
    /// ```no_run
    /// # let mut sensor = rtt_mod::sensor::Sensor::open("temp_1")?;
    /// let tenths = sensor.read()?.value();
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn value(&self) -> i32 {
        let [value, ..] = self.values;
        value
    }
}

/// What a sensor measures, and the unit of its values.
///
/// ```no_run
/// use rtt_mod::sensor::Kind;
///
/// # let mut sensor = rtt_mod::sensor::Sensor::open("humi_1")?;
/// assert_eq!(sensor.read()?.kind, Kind::Humidity);
/// # Ok::<(), rtt_mod::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// Thousandths of the acceleration of gravity, in three axes.
    Acceleration,
    /// Thousandths of a degree in a second, in three axes.
    Rotation,
    /// Thousandths of a gauss, in three axes.
    Magnetism,
    /// Tenths of a degree Celsius.
    Temperature,
    /// Thousandths of saturation.
    Humidity,
    /// Pascal.
    Pressure,
    /// Lux.
    Light,
    /// Centimeters.
    Proximity,
    /// Beats in a minute.
    HeartRate,
    /// Another kind, by RT-Thread's number `RT_SENSOR_CLASS_…`.
    Other(u32),
}

impl Kind {
    fn of(number: u32) -> Self {
        match number {
            1 => Kind::Acceleration,
            2 => Kind::Rotation,
            3 => Kind::Magnetism,
            4 => Kind::Temperature,
            5 => Kind::Humidity,
            6 => Kind::Pressure,
            7 => Kind::Light,
            8 => Kind::Proximity,
            9 => Kind::HeartRate,
            other => Kind::Other(other),
        }
    }
}
